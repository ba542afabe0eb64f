import { type ParseArgsConfig, parseArgs } from "node:util";
import { describeError } from "~/features/known-error";
import { UsageError } from "./end-with";

/**
 * The options and arguments that a script was given, as `parseArgs` reads them.
 * @throws UsageError
 */
export function parseOptions<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(describeError(error).error);
  }
}

/** An option that is given or not. */
export const flag = { type: "boolean", default: false } as const;
