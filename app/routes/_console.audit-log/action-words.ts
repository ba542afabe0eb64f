const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("-", " ");

/** "run.apply" → “Run: apply”; "run", which stands for all of its kind, → “Run: any”. */
export function actionWords(action: string): string {
  const [what = "", verb = "any"] = action.split(".");
  return `${capitalised(what)}: ${verb.replaceAll("-", " ")}`;
}

/** The choices of a filter by action: each that occurs, those of one kind together behind what stands for all of them. */
export function actionChoices(actions: string[]): { value: string; label: string }[] {
  const kinds = [...new Set(actions.map((action) => action.split(".")[0] ?? action))];
  return kinds.flatMap((kind) => {
    const ofKind = actions.filter((action) => action.startsWith(`${kind}.`));
    const values = ofKind.length > 1 ? [kind, ...ofKind] : ofKind;
    return values.map((value) => ({ value, label: actionWords(value) }));
  });
}
