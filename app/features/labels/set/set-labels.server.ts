import type { SetHandler } from "~/features/job-runs/kinds/handler";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { labelWords } from "~/features/labels/label-state";
import { labelUndo } from "~/features/labels/undo-labels.sql.server";
import type { LabelSetting } from "./set-labels";
import { countPresent, countSo, pickOthers, plannedSettings, setRange } from "./set-labels.sql.server";

/** Images of a plan that people see. */
const SAMPLES = 8;

export const setLabelsHandler: SetHandler<LabelSetting> = {
  async *planSet({ db, clock }, { payload }, size) {
    const known = { now: clock.now(), ...(await loadLabelSchema()) };
    const present = new Map<string, number>();
    const samples: number[] = [];
    let images = 0;
    for await (const ids of pickOthers(db, payload, known)) {
      images += ids.length;
      samples.push(...ids.slice(0, SAMPLES - samples.length));
      for (let done = 0; done < ids.length; ) {
        const page = ids.slice(done, done + size());
        const range = yield plannedSettings(page, payload);
        for (const { images, ...state } of await countPresent(db, range)) {
          const words = labelWords(state);
          present.set(words, (present.get(words) ?? 0) + images);
        }
        done += page.length;
      }
    }
    const so = await countSo(db, payload, known);
    return {
      images,
      present: [...present]
        .map(([what, count]) => ({ what, count }))
        .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1)),
      leftOut: [{ what: payload.value === null ? "Have no label" : "Labeled so by a person already", count: so }],
      samples,
    };
  },

  applyChunk: async (tx, range, context) => setRange(tx, range, { ...context, ...(await loadLabelSchema()) }),

  undo: labelUndo,
};
