import s from "./Home.module.css";

/** Two who talk, in a few lines. It says nothing that the words do not. */
export function Picture() {
  return (
    <svg
      className={s.picture}
      viewBox="0 0 160 96"
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <g className="mirrored" style={{ transformOrigin: "center" }}>
        <path
          className={s.quiet}
          d="M22 14h62a10 10 0 0 1 10 10v22a10 10 0 0 1-10 10H44L30 68V56h-8a10 10 0 0 1-10-10V24a10 10 0 0 1 10-10Z"
        />
        <path className={s.quiet} d="M30 29h42M30 41h26" />
        <path
          className={s.lively}
          d="M104 36h34a10 10 0 0 1 10 10v20a10 10 0 0 1-10 10h-6v10L118 76H92a10 10 0 0 1-10-10v-2"
        />
        <path className={s.lively} d="M108 52h24M108 62h14" />
      </g>
    </svg>
  );
}
