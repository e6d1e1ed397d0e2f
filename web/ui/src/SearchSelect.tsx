import { ChevronDown } from "lucide-react";
import { useMemo, useState, type Ref } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { Phrase } from "./Phrase";
import { filterChoices, firstChoices, type Choice } from "./choices";
import s from "./SearchSelect.module.css";

export interface SearchSelectProps {
  label: string;
  choices: Choice[];
  value: string | null;
  onChange(id: string | null): void;
  /** What stands in the list when a search finds nothing. */
  empty(a: { q: string }): string;
  /** What stands below a list too long to be shown whole. */
  more?(a: { shown: number; total: number }): string;
  error?: string | undefined;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** A drop-down list that is also a search field: the list narrows while one types. */
export function SearchSelect({
  label,
  choices,
  value,
  onChange,
  empty,
  more,
  error,
  autoFocus,
  inputRef,
}: SearchSelectProps) {
  const chosen = choices.find((choice) => choice.id === value);
  const [query, setQuery] = useState(chosen?.name ?? "");
  const found = useMemo(
    () => (chosen && query === chosen.name ? choices : filterChoices(choices, query)),
    [choices, chosen, query],
  );
  const shown = useMemo(() => firstChoices(found, value), [found, value]);
  return (
    <ComboBox
      className={s.field ?? ""}
      items={shown}
      inputValue={query}
      onInputChange={setQuery}
      value={value}
      onChange={(key) => {
        const id = key === null ? null : String(key);
        onChange(id);
        const name = choices.find((choice) => choice.id === id)?.name;
        if (name !== undefined) setQuery(name);
      }}
      // While the list is open everything else is hidden from assistive technology,
      // so it opens with the first key or a press on the arrow, not on focus.
      menuTrigger="input"
      allowsEmptyCollection
      isInvalid={error !== undefined}
      validationBehavior="aria"
      disabledKeys={shown.filter((choice) => choice.gone).map((choice) => choice.id)}
      {...(autoFocus ? { autoFocus: true } : {})}
    >
      <Label className={s.label ?? ""}>{label}</Label>
      <div className={s.box}>
        <Input ref={inputRef} className={s.input ?? ""} />
        <Button className={s.open ?? ""}>
          <ChevronDown size={18} aria-hidden="true" />
        </Button>
      </div>
      <FieldError className={s.error ?? ""}>{error}</FieldError>
      <Popover className={s.popover ?? ""} offset={4}>
        <ListBox<Choice>
          className={s.list ?? ""}
          renderEmptyState={() => (
            <p className={s.empty}>
              <Phrase text={empty({ q: query })} />
            </p>
          )}
        >
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.name} className={s.item ?? ""}>
              {choice.before}
              <Text slot="label" className={s.name ?? ""}>
                <bdi>{choice.name}</bdi>
              </Text>
              {(choice.gone ?? choice.detail) && (
                <Text slot="description" className={s.detail ?? ""}>
                  {choice.gone ?? choice.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
        {found.length > shown.length && more && (
          <p className={s.more}>{more({ shown: shown.length, total: found.length })}</p>
        )}
      </Popover>
    </ComboBox>
  );
}
