import { configurationSource } from "../admin/source";
import { read } from "../live/rest";
import type { Config } from "./object";
import type { ConsoleSource } from "./save";

export const consoleSource: ConsoleSource = {
  ...configurationSource,
  load: () => read<Config>("/configuration"),
};
