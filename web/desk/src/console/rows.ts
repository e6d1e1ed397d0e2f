// The lists within objects: what is required of an agent, what an agent can do,
// what customers are asked, and to whom a request goes when it waits.
import { newId } from "../../../protocol/src/socket";
import type { FieldSpec, Row, Said } from "./field";
import { inUse, type Config, type Obj } from "./object";

const priority: Said = (t) => t.consoleFPriority();

const skillOf = (row: Row, config: Config): Obj | undefined =>
  config.skills?.find(({ id }) => id === row.skill);
const isLevel = (row: Obj, config: Config) => skillOf(row, config)?.kind === "proficiency";
const isText = (row: Obj, config: Config) =>
  ["text", "enum"].includes(String(skillOf(row, config)?.kind ?? ""));

/** A level goes with a proficiency, a text with the other kinds; of a yes or no it is "yes". */
export function withValue(row: Row, config: Config): Row {
  const { level, text, ...rest } = row;
  switch (skillOf(row, config)?.kind) {
    case "proficiency":
      return { ...rest, level: level ?? 5 };
    case "boolean":
      return { ...rest, text: "yes" };
    case "enum":
    case "text":
      return { ...rest, text: text === "yes" || text === undefined ? "" : text };
  }
  return rest;
}

const skill: FieldSpec = {
  at: "skill",
  label: (t) => t.consoleFSkill(),
  kind: "ref",
  of: "skills",
  only: inUse,
};
const level: FieldSpec = {
  at: "level",
  label: (t) => t.consoleVSkillProficiency(),
  kind: "number",
  when: isLevel,
};
const value: FieldSpec = { at: "text", label: (t) => t.consoleFValue(), kind: "text", when: isText };

/** What somebody can do. */
export const held: FieldSpec = {
  at: "skills",
  section: (t) => t.consoleSkills(),
  label: (t) => t.consoleSkills(),
  kind: "rows",
  row: {
    fields: [skill, level, value],
    add: (t) => t.consoleRowSkillAdd(),
    title: (t, n) => t.consoleRowSkill({ n }),
    remove: (t, n) => t.consoleRowSkillRemove({ n }),
    fresh: () => ({ skill: "" }),
    settled: withValue,
  },
};

/** What is required of whoever takes a request; steps by which less is are kept as they are. */
export const requires: FieldSpec = {
  at: "requires",
  label: (t) => t.consoleFRequires(),
  hint: (t) => t.consoleFRequiresHint(),
  kind: "rows",
  row: {
    fields: [
      skill,
      {
        at: "compare",
        label: (t) => t.consoleFCompare(),
        kind: "one",
        options: [
          { id: ">=", name: (t) => t.consoleVAtLeast() },
          { id: "<=", name: (t) => t.consoleVAtMost() },
          { id: "=", name: (t) => t.consoleVEqual() },
          { id: "!=", name: (t) => t.consoleVNotEqual() },
        ],
      },
      level,
      value,
      { at: "weight", label: (t) => t.consoleFWeight(), kind: "number" },
      {
        at: "relax",
        label: (t) => t.consoleFRelax(),
        kind: "rows",
        row: {
          fields: [
            { at: "after", label: (t) => t.consoleFAfterSeconds(), kind: "seconds" },
            { at: "drop", label: (t) => t.consoleFDrop(), kind: "switch" },
            {
              at: "level",
              label: (t) => t.consoleVSkillProficiency(),
              kind: "number",
              when: (row) => row.drop !== true,
            },
          ],
          add: (t) => t.consoleRowStepAdd(),
          title: (t, n) => t.consoleRowStep({ n }),
          remove: (t, n) => t.consoleRowStepRemove({ n }),
          fresh: () => ({ after: "30s", drop: true }),
          settled: (row) => (row.drop === true ? { ...row, level: 0 } : row),
        },
      },
    ],
    add: (t) => t.consoleRowSkillAdd(),
    title: (t, n) => t.consoleRowSkill({ n }),
    remove: (t, n) => t.consoleRowSkillRemove({ n }),
    fresh: () => ({ skill: "", compare: "=" }),
    settled: withValue,
  },
};

/** The further groups of teams that a request reaches. */
export const wider: FieldSpec = {
  at: "wider",
  label: (t) => t.consoleFWider(),
  hint: (t) => t.consoleFWiderHint(),
  kind: "rows",
  row: {
    fields: [
      { at: "after", label: (t) => t.consoleFAfterSeconds(), kind: "seconds" },
      { at: "teams", label: (t) => t.adminTeams(), kind: "refs", of: "teams" },
    ],
    add: (t) => t.consoleRowGroupAdd(),
    title: (t, n) => t.consoleRowGroup({ n }),
    remove: (t, n) => t.consoleRowGroupRemove({ n }),
    fresh: () => ({ after: "30s", teams: [] }),
  },
};

/** Names a question or a choice in the API; nobody reads it. */
const key = () => newId().slice(0, 12);

/** What an answer requires, where the queue that it leads to looks at skills; of the asset's queue the server knows. */
const answerRequires: FieldSpec = {
  ...requires,
  when: (row, config) => {
    const queue = config.queues?.find(({ id }) => id === row.queue);
    const looks = queue === undefined || ["skills_longest", "skills_best"].includes(String(queue.rule));
    return looks && (config.skills ?? []).some(inUse);
  },
};

/** The questions before a chat. */
export const questions: FieldSpec = {
  at: "form.fields",
  label: (t) => t.consoleFQuestions(),
  hint: (t) => t.consoleFQuestionsHint(),
  kind: "rows",
  row: {
    fields: [
      { at: "label", label: (t) => t.consoleFQuestion(), kind: "names" },
      { at: "required", label: (t) => t.consoleFAnswerRequired(), kind: "switch" },
      {
        at: "choices",
        label: (t) => t.consoleFChoices(),
        hint: (t) => t.consoleFAnswersHint(),
        kind: "rows",
        row: {
          fields: [
            { at: "label", label: (t) => t.consoleFAnswer(), kind: "names" },
            { at: "queue", label: (t) => t.consoleFThenQueue(), kind: "ref", of: "queues", only: inUse },
            { at: "priority", label: priority, hint: (t) => t.consoleFPriorityInherit(), kind: "number" },
            answerRequires,
          ],
          add: (t) => t.consoleRowAnswerAdd(),
          title: (t, n) => t.consoleRowAnswer({ n }),
          remove: (t, n) => t.consoleRowAnswerRemove({ n }),
          fresh: () => ({ key: key(), label: { en: "", ar: "" } }),
        },
      },
    ],
    add: (t) => t.consoleRowQuestionAdd(),
    title: (t, n) => t.consoleRowQuestion({ n }),
    remove: (t, n) => t.consoleRowQuestionRemove({ n }),
    fresh: () => ({ key: key(), label: { en: "", ar: "" } }),
  },
};
