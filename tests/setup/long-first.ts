import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Kills of real processes: they wait for each other, and nothing else should wait for them at the end. */
const long = /chaos\/.*kill\.test/;
/** So many other files between two end-to-end files, each of which brings a browser and three processes along. */
const APART = 8;

/**
 * What takes long begins early, and end-to-end files come one by one among the others: so no processor idles at the end, and
 * the machine never serves all browsers at once.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isE2e = ({ project }: TestSpecification) => project.name === "e2e";
    const sorted = (await super.sort(files)).toSorted(
      (a, b) => Number(long.test(b.moduleId)) - Number(long.test(a.moduleId)),
    );
    const browsers = sorted.filter(isE2e);
    const mixed = sorted.filter((file) => !isE2e(file));
    for (const [n, file] of browsers.entries()) mixed.splice((n + 1) * (APART + 1) - 1, 0, file);
    return mixed;
  }
}
