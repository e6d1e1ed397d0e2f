import { Search } from "lucide-react";
import { useId } from "react";
import s from "./SearchField.module.css";

/** A field that narrows what stands below it. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className={s.box}>
      <Search size={18} aria-hidden="true" />
      <label htmlFor={id} className="sr">
        {label}
      </label>
      <input
        id={id}
        type="search"
        className={s.input}
        value={value}
        placeholder={label}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
