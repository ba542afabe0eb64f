import { Ellipsis } from "lucide-react";
import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { IconButton } from "~/components/ui/forms/button";
import { Menu, MenuItem, MenuSeparator } from "~/components/ui/forms/menu";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { ApiTokenView } from "~/features/api-tokens/api-token";
import { quote } from "~/quote";
import type { OpenDialog } from "./token-dialogs";

export const tokenColumns: Column<ApiTokenView>[] = [
  {
    header: "Program",
    isLead: true,
    cell: ({ client }) => <span className="font-medium [overflow-wrap:anywhere]">{client}</span>,
  },
  { header: "State", cell: (token) => <TokenState token={token} /> },
  {
    header: "Token",
    cell: ({ ending }) =>
      ending === null ? (
        <span className="text-muted">REFERENCE_TOKEN</span>
      ) : (
        <span className="font-mono text-sm text-muted">…{ending}</span>
      ),
  },
  {
    header: "Made",
    cell: ({ createdAt, createdBy }) => (
      <span className="text-muted">
        {createdAt ? (
          <>
            <Time at={createdAt} /> by {createdBy}
          </>
        ) : (
          "In the environment"
        )}
      </span>
    ),
  },
  {
    header: "Last used",
    align: "end",
    cell: ({ usedAt }) => <span className="text-muted">{usedAt ? <Time at={usedAt} /> : "Never"}</span>,
  },
];

function TokenState({ token: { state, endsAt } }: { token: ApiTokenView }) {
  if (state === "valid" || endsAt === null) return <Status tone="good">Valid</Status>;
  return state === "ending" ? (
    <Status tone="warn">
      <span>
        Ends <Time at={endsAt} />
      </span>
    </Status>
  ) : (
    <Status tone="idle">
      <span>
        Ended <Time at={endsAt} />
      </span>
    </Status>
  );
}

/** What an admin does with one token; REFERENCE_TOKEN is changed where it is set. */
export const commandColumn = (open: (dialog: OpenDialog) => void): Column<ApiTokenView> => ({
  header: "Actions",
  align: "end",
  cell: ({ id, client, ending, state, usedAt }) => {
    if (id === null) return <span className="text-sm text-muted">Change it there, then restart</span>;
    return (
      <span className="inline-flex items-center justify-end gap-3 py-1">
        <TextLink to={`/audit-log?${new URLSearchParams({ subject: `token:${id}` })}`} className="text-sm">
          History<span className="sr-only"> of the token {ending}</span>
        </TextLink>
        {state !== "ended" && (
          <Menu
            trigger={
              <IconButton
                label={`Actions on the token of ${quote(client)} that ends in ${ending}`}
                className="border border-line-strong"
              >
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => open({ kind: "rotate", client })}>Replace token…</MenuItem>
            <MenuSeparator />
            <MenuItem onSelect={() => open({ kind: "revoke", tokenId: id, client, ending, usedAt })}>Revoke…</MenuItem>
          </Menu>
        )}
      </span>
    );
  },
});
