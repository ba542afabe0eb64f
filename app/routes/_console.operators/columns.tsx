import { Link } from "@remix-run/react";
import { Ellipsis } from "lucide-react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { IconButton } from "~/components/ui/forms/button";
import { Menu, MenuItem, MenuSeparator } from "~/components/ui/forms/menu";
import { Badge, Status, type Tone } from "~/components/ui/status";
import { count } from "~/features/format";
import { letInWords, type OperatorState, stateWords } from "~/features/operators/operator-view";
import type { OpenDialog } from "./operator-dialogs";
import type { OperatorRow } from "./operator-row";

const tones: Record<OperatorState, Tone> = {
  in: "good",
  "account-unknown": "info",
  "off-lists": "warn",
  removed: "idle",
};

export const operatorColumns: Column<OperatorRow>[] = [
  {
    header: "Operator",
    isLead: true,
    cell: ({ name, email, isSelf }) => (
      <span className="block py-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{name}</span> {isSelf && <Badge>You</Badge>}
        {name !== email && <span className="block text-sm font-normal text-muted">{email}</span>}
      </span>
    ),
  },
  { header: "State", cell: ({ state }) => <Status tone={tones[state]}>{stateWords(state)}</Status> },
  { header: "Role", cell: ({ role }) => <span className="inline-block first-letter:uppercase">{role}</span> },
  { header: "Let in by", cell: ({ letInBy }) => <span className="text-muted">{letInWords(letInBy)}</span> },
  {
    header: "Signed in",
    align: "end",
    cell: ({ signedInAt }) => <span className="text-muted">{signedInAt ? <Time at={signedInAt} /> : "Never"}</span>,
  },
  {
    header: "Browsers",
    align: "end",
    cell: ({ sessions }) => <span className={sessions === 0 ? "text-muted" : undefined}>{count(sessions)}</span>,
  },
];

/** What an admin does with one operator; of one who was removed there is only the history. */
export const commandColumn = (open: (dialog: OpenDialog) => void): Column<OperatorRow> => ({
  header: "Actions",
  align: "end",
  cell: (operator) => {
    const { id, email, state, sessions } = operator;
    const history = (
      <Link
        to={`/audit-log?${new URLSearchParams({ subject: `operator:${id}` })}`}
        className="text-sm text-accent hover:underline max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
      >
        History<span className="sr-only"> of {email}</span>
      </Link>
    );
    return (
      <span className="inline-flex items-center justify-end gap-3 py-1">
        {history}
        {state !== "removed" && (
          <Menu
            trigger={
              <IconButton label={`Actions on ${email}`} className="border border-line-strong">
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => open({ kind: "change-role", operator })}>Change role…</MenuItem>
            <MenuItem
              onSelect={() => open({ kind: "end-sessions", operator })}
              refusal={sessions === 0 ? "Not signed in" : null}
            >
              Sign out…
            </MenuItem>
            <MenuItem
              onSelect={() => open({ kind: "release", operator })}
              refusal={state === "account-unknown" ? "No account is kept" : null}
            >
              Release Google account…
            </MenuItem>
            <MenuSeparator />
            <MenuItem onSelect={() => open({ kind: "remove", operator })}>Remove…</MenuItem>
          </Menu>
        )}
      </span>
    );
  },
});
