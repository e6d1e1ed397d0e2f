import { User } from "lucide-react";
import { initials } from "../../protocol/src/text/initials";
import s from "./Avatar.module.css";

/** The letters that stand for a name. The name itself is in text beside it, so this is not spoken. */
export function Avatar({ name, size = "normal" }: { name: string; size?: "small" | "normal" | "large" }) {
  const letters = initials(name);
  return (
    <span aria-hidden="true" className={`${s.avatar} ${s[size]}`}>
      {letters === "" ? <User size={size === "small" ? 14 : 18} /> : <bdi>{letters}</bdi>}
    </span>
  );
}
