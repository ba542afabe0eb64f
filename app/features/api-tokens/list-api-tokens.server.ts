import { nameActors } from "~/features/operators/name-actors.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type ApiTokenView, ENVIRONMENT, stateOf } from "./api-token";

/** So long an ended token is still shown; the audit log has all. */
const SHOWN_DAYS = 90;

/**
 * The tokens of all programs, by name, newest first; REFERENCE_TOKEN last, where it is set.
 * @param options.hasEnvironmentToken REFERENCE_TOKEN is set
 */
export async function listApiTokens(
  { db, clock }: { db: Db; clock: Clock },
  { hasEnvironmentToken }: { hasEnvironmentToken: boolean },
): Promise<ApiTokenView[]> {
  const now = clock.now();
  const shownSince = new Date(now.getTime() - SHOWN_DAYS * 86_400_000);
  const [rows, uses] = await Promise.all([
    db.apiToken.findMany({
      where: { OR: [{ endsAt: null }, { endsAt: { gt: shownSince } }] },
      orderBy: [{ client: "asc" }, { id: "desc" }],
    }),
    db.apiTokenUse.findMany(),
  ]);
  const nameOf = await nameActors(
    db,
    rows.map(({ createdBy }) => createdBy),
  );
  const usedAt = new Map(uses.map((use) => [use.token, use.usedAt]));
  const tokens: ApiTokenView[] = rows.map(({ id, client, ending, createdAt, createdBy, endsAt }) => ({
    ...{ id, client, ending, createdAt, endsAt },
    state: stateOf({ endsAt }, now),
    createdBy: nameOf(createdBy),
    usedAt: usedAt.get(String(id)) ?? null,
  }));
  if (!hasEnvironmentToken) return tokens;
  const unknown = { id: null, ending: null, createdAt: null, createdBy: null, endsAt: null };
  return [...tokens, { ...unknown, client: ENVIRONMENT, state: "valid", usedAt: usedAt.get(ENVIRONMENT) ?? null }];
}
