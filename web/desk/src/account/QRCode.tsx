import type { NewStep } from "./source";
import s from "./Account.module.css";

const margin = 4; // modules; what reads it needs them

/** A QR code, dark on light in every theme. */
export function QRCode({ picture, label }: { picture: NewStep["picture"]; label: string }) {
  const whole = picture.size + 2 * margin;
  return (
    <svg
      className={s.qr}
      role="img"
      aria-label={label}
      viewBox={`${-margin} ${-margin} ${whole} ${whole}`}
      shapeRendering="crispEdges"
    >
      <path d={picture.path} />
    </svg>
  );
}
