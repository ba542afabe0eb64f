import type { OperatorView } from "~/features/operators/operator-view";

/** One operator of the list, and whether they are the one who looks at it. */
export type OperatorRow = OperatorView & { isSelf: boolean };
