import { useMemo, useState } from "react";
import { OneOf } from "../../../ui/src/Choice";
import { Code } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { BothNames, trimmed, unnamed } from "./BothNames";
import { Frame } from "./Frame";
import type { Saved } from "./saved";
import { useWords } from "./words";

/** Who it is that customers write to, and how its days are counted. */
export function OrganizationStep({ saved }: { saved: Saved }) {
  const { t } = useWords();
  const { organization } = saved.whole;
  // The name it has until now is one of ours, and nobody's wish.
  const given = organization.settings.setup === "organization" ? {} : organization.name;
  const [name, setName] = useState({ en: "", ar: "", ...given });
  const [zone, setZone] = useState<string | null>(organization.time_zone);
  const [digits, setDigits] = useState(organization.settings.digits ?? "latn");
  const [wrong, setWrong] = useState<string>();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    const all = known.includes(organization.time_zone) ? known : [organization.time_zone, ...known];
    return all.map((id) => ({ id, name: id, also: id.replaceAll("_", " ") }));
  }, [organization.time_zone]);

  const rename = (next: typeof name) => {
    setName(next);
    setWrong(undefined);
  };
  const submit = () => {
    const missing = unnamed(name);
    setWrong(missing ? t.wizNameMissing() : undefined);
    if (missing) return;
    void saved.save(
      {
        organization: {
          ...organization,
          name: trimmed(name),
          time_zone: zone ?? organization.time_zone,
          settings: { ...organization.settings, digits },
        },
      },
      "organization",
    );
  };
  return (
    <Frame
      step="organization"
      title={t.wizOrganization()}
      refused={saved.refused}
      busy={saved.busy}
      onNext={submit}
      onSkip={() => void saved.save({}, "organization")}
    >
      <p>{t.wizOrganizationIntro()}</p>
      <BothNames value={name} onChange={rename} error={wrong} />
      <SearchSelect
        label={t.setupTimeZone()}
        choices={zones}
        value={zone}
        onChange={setZone}
        empty={t.wizZoneNone}
        found={t.nResults}
        more={t.wizZoneMore}
      />
      <OneOf
        row
        label={t.setupDigits()}
        value={digits}
        onChange={(id) => setDigits(id === "arab" ? "arab" : "latn")}
        options={[
          { id: "latn", name: <Code>{t.setupDigitsLatn()}</Code> },
          { id: "arab", name: <Code>{t.setupDigitsArab()}</Code> },
        ]}
      />
    </Frame>
  );
}
