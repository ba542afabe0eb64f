/** An open alert as pages show it. */
export type AlertView = {
  id: number;
  severity: "error" | "warning";
  root: string;
  /** The key or prefix that it is about. */
  subject: string;
  sentence: string;
  openedAt: Date;
  /** When an audit last saw something new about it. */
  lastSeenAt: Date;
  /** The page where what it tells of can be seen, and mended; null for a kind that this version does not know. */
  link: string | null;
};

/** What a feature tells of the alerts that it raises. */
export type AlertKind = {
  kind: string;
  /** @param alert.detail as the feature stored it */
  linkTo(alert: { root: string; detail: unknown }): string;
};

/** What an alert says, in its columns. `cause` is spelled by the feature that raises it: one open alert for each. */
export type AlertText = { cause: string; subject: string; sentence: string; detail: string };
