import { wRate, wRateFailed, wRateScore, wRateThanks } from "../../locales/gen/messages";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";

const scores = [1, 2, 3, 4, 5];

/** How was this chat: one press says it, another one corrects it. */
export function Rating({ model, acts }: { model: Model; acts: Acts }) {
  const { score, state } = model.rating;
  return (
    <div class="rating">
      <p id="rate">{wRate()}</p>
      <div role="group" aria-labelledby="rate">
        {scores.map((n) => (
          <button
            key={n}
            type="button"
            class={n <= score ? "star on" : "star"}
            aria-pressed={n === score}
            aria-label={wRateScore({ score: n })}
            onClick={() => acts.rate(n)}
          >
            <Icon name="star" size={28} />
          </button>
        ))}
      </div>
      <p class="note" role="status">
        {state === "kept" ? wRateThanks() : state === "failed" ? wRateFailed() : ""}
      </p>
    </div>
  );
}
