import { Download } from "lucide-react";
import { Dialog } from "../../../ui/src/Dialog";
import { useLanguage } from "../../../ui/src/language";
import { plain } from "../../../ui/src/Phrase";
import s from "./ImageDialog.module.css";

export interface ImageDialogProps {
  name: string;
  address: string;
  width: number;
  height: number;
  onClose(): void;
}

/** An image as large as the window takes; its room is there before it is. */
export function ImageDialog({ name, address, width, height, onClose }: ImageDialogProps) {
  const { t } = useLanguage();
  return (
    <Dialog
      wide
      title={name}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <a className={s.save} href={address} download={name}>
          <Download size={18} aria-hidden="true" />
          {plain(t.attachDownload({ name }))}
        </a>
      }
    >
      <img className={s.image} src={address} alt={name} width={width} height={height} decoding="async" />
    </Dialog>
  );
}
