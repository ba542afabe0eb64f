import { ago, LEFT_AT, mina } from "./add-run";
import type { Insert, Row } from "./insert";
import { sha256 } from "./pictures";

/** Whose token signs in Mina. */
export const SESSION_TOKEN = "a session of before the upgrade";

/** Operators, one of them removed, a session, the schedules, and what the audit log tells. */
export function addPeople(insert: Insert): void {
  const people: Row[] = [
    { id: 1, email: "mina@example.com", name: "Mina Kang", role: "admin", signedInAt: ago(60) },
    { id: 2, email: "ken@example.com", name: "Ken Ito", role: "viewer", signedInAt: ago(4_000) },
    { id: 3, email: "lee@example.com", name: "Lee", role: "operator", removedAt: ago(2_000) },
  ];
  for (const one of people) insert("Operator", { ...one, createdAt: ago(9_000) });
  const session = { operatorId: 1, createdAt: ago(60), expiresAt: ago(60) + 12 * 3_600_000 };
  insert("Session", { id: sha256(SESSION_TOKEN), ...session });

  const schedules: (Row & { id: string })[] = [
    { id: "audit-groups", title: "Audit attribute groups", payload: '{"root":null}', cron: "*/30 * * * *" },
    { id: "index-images", title: "Index images", payload: '{"prefix":""}', cron: "10 * * * *", enabled: 0 },
    { id: "remove-old-items", title: "Remove old run items", payload: '{"days":90}', cron: "20 3 * * *" },
    { id: "thin-snapshots", title: "Thin old audits", payload: '{"days":30}', cron: "40 3 * * *" },
  ];
  for (const one of schedules) {
    const missed: Row = one.id === "thin-snapshots" ? { missed: 2, missedSince: ago(2_881) } : {};
    insert("Schedule", { ...one, kind: one.id, timeZone: "UTC", lastSlot: ago(10), updatedAt: ago(10), ...missed });
  }

  const events = [
    { minutes: 60, action: "session.start", subject: "operator:1", sentence: "Signed in" },
    { minutes: 90, action: "finding.ignore", subject: "finding:2", sentence: "Ignored the finding No group says …" },
    {
      minutes: 70,
      action: "schedule.disable",
      subject: "schedule:index-images",
      sentence: "Switched off Index images",
    },
    { minutes: 30, action: "run.start", subject: "run:9", sentence: "Started run 9 (Label run)" },
    { minutes: 29, action: "run.apply", subject: "run:9", sentence: "Applied the plan of run 9 (Label run)" },
  ];
  for (const { minutes, ...event } of events)
    insert("AuditEvent", { at: ago(minutes), ...mina, detail: "{}", ...event });
  const missed = { actor: "schedule:thin-snapshots", actorName: "Thin old audits", detail: '{"slots":2}' };
  insert("AuditEvent", {
    at: LEFT_AT - 1,
    ...missed,
    action: "schedule.missed",
    subject: "schedule:thin-snapshots",
    sentence: "Missed 2 slots",
  });
}
