import { capitalized } from "~/features/format";
import { type Condition, PROBE_PREFIX, type ProbedAbilities } from "./abilities";
import { looksAfterDelete, windowOf } from "./placing";

/** One thing that a probe tried. `means` is null where it goes without saying, `todo` where nothing has to be done. */
export type AbilityLine = {
  name: string;
  tried: string;
  does: string;
  means: string | null;
  todo: string | null;
  tone: "good" | "info" | "warn" | "bad";
};

type Explanation = Omit<AbilityLine, "name" | "tried">;

const good = (does: string, means: string | null): Explanation => ({ does, means, todo: null, tone: "good" });
const info = (does: string, means: string): Explanation => ({ does, means, todo: null, tone: "info" });
const warn = (does: string, means: string, todo: string | null): Explanation => ({ does, means, todo, tone: "warn" });
const notTried = info("Not tried", "There was nothing to try it with.");
const REJECTS = "Rejects the condition";
const NO_ANSWER = "Gave no clear answer";
const unclear = (means: string) => warn(NO_ANSWER, means, "Probe again once the store is well.");

/** What a probe saw, line by line: what was tried, what the store does, what that means here, and what to do. */
export function explainAbilities(abilities: ProbedAbilities): AbilityLine[] {
  const { leftovers, doubts } = abilities;
  const lines: AbilityLine[] = [
    ...explainBasicCalls(abilities),
    {
      name: "Put-if-absent",
      tried: "Write only if the key is free, also with four writers at once",
      ...explainPutIfAbsent(abilities),
    },
    { name: "After a delete", tried: "Write to a deleted key, only if it is free", ...explainAfterDelete(abilities) },
    { name: "Versions", tried: "Ask the bucket", ...explainVersions(abilities) },
    {
      name: "Delete-if-match",
      tried: "Delete only if the object is unchanged",
      ...explainCondition(abilities.deleteIfMatch, {
        honored: "A move cannot delete a source that changed at the last moment.",
        otherwise: afterUnconditionalDelete(abilities),
      }),
    },
    {
      name: "Copy-if-absent",
      tried: "Copy on the server only to a free key",
      ...explainCondition(abilities.copyIfAbsent, {
        honored: "A copy on the server cannot replace an object.",
        otherwise: "A copy on the server could replace an object, so the console does not rely on one.",
      }),
    },
    {
      name: "Copy-if-match",
      tried: "Copy on the server only if the source is unchanged",
      ...explainCondition(abilities.copyIfMatch, {
        honored: "A copy on the server is a copy of what was planned.",
        otherwise: "The console does not rely on it.",
      }),
    },
    { name: "DeleteObjects", tried: "Delete several objects in one call", ...explainDeleteMany(abilities) },
    { name: "Content-MD5", tried: "Write with and without a checksum", ...explainContentMd5(abilities) },
    { name: "Tags", tried: "Write and read an object's tags", ...explainExtra(abilities.tags, "tags") },
    { name: "ACL", tried: "Read and write back an object's ACL", ...explainExtra(abilities.acl, "ACLs") },
    { name: "Rights", tried: "Every call that the console makes", ...explainRights(abilities) },
    ...(leftovers.length > 0 ? [explainLeftovers(leftovers)] : []),
  ];
  const canWrite = !abilities.failures.some(({ call }) => call === "put");
  return lines.map((line) => {
    if (!canWrite && line.does === NO_ANSWER) return { ...line, ...notTried };
    const doubt = doubts.find((text) => text.startsWith(`${line.name}: `))?.slice(line.name.length + 2);
    return doubt && line.does === NO_ANSWER ? { ...line, does: `${NO_ANSWER}: ${doubt}` } : line;
  });
}

function afterUnconditionalDelete(abilities: ProbedAbilities): string {
  if (looksAfterDelete(abilities))
    return "A source that changes at the last moment is hidden for a moment. The console looks after the delete and makes it current again.";
  return abilities.versions === "enabled"
    ? "A source that changes at the last moment is deleted, and stays as an older version."
    : "The console looks once more right before it deletes. A change after that look is lost.";
}

const basics = {
  list: "List the bucket",
  put: "Write an object",
  get: "Read it back",
  copy: "Copy it on the server",
  delete: "Delete the copy",
} as const;

function explainBasicCalls({ failures }: ProbedAbilities): AbilityLine[] {
  const cannotWrite = failures.some(({ call }) => call === "put");
  return Object.entries(basics).map(([call, tried]): AbilityLine => {
    const name = capitalized(call);
    const failure = failures.find((one) => one.call === call);
    if (failure) {
      const todo = "Fix what it names, then probe again.";
      return { name, tried, does: failure.sentence, means: "The console cannot work without it.", todo, tone: "bad" };
    }
    if (cannotWrite && call !== "list") return { name, tried, ...notTried };
    return { name, tried, ...good("Works", null) };
  });
}

const LOST =
  "What another program writes to such a key between the console's look and its own write is lost, so plans ask for consent.";

function explainPutIfAbsent(abilities: ProbedAbilities): Explanation {
  const { putIfAbsent, versions } = abilities;
  if (putIfAbsent === "honored") return good("Refuses a key that is taken", "A move cannot replace someone's object.");
  const does = { refused: REJECTS, ignored: "Accepts the write and replaces the object", unknown: NO_ANSWER }[
    putIfAbsent
  ];
  const window = windowOf(abilities);
  // Whether a store that keeps no versions could, it does not say: that is advice, and nothing that has to be done.
  if (window && versions === "off" && putIfAbsent !== "unknown")
    return warn(does, `${window.why} ${LOST} ${window.cure}`, null);
  if (window) return warn(does, `${window.why} ${LOST}`, window.cure);
  const means =
    "Moves claim their key in the console and look before and after. If one replaced another program's object, that is put back from its version.";
  return putIfAbsent === "unknown" ? unclear(means) : info(does, means);
}

function explainAfterDelete(abilities: ProbedAbilities): Explanation {
  const { afterDelete, putIfAbsent } = abilities;
  if (afterDelete === "free") return good("The key is free again", "An undo can put an object back where it was.");
  if (afterDelete === "taken") {
    const does = "The key stays taken for good";
    const window = windowOf(abilities);
    return window?.at === "deleted-keys"
      ? warn(does, `${window.why} ${LOST}`, window.cure)
      : info(does, "Moves do not rely on the condition.");
  }
  if (putIfAbsent === "refused") return info("Not tried", "The store does not support this condition.");
  return unclear("Moves do not rely on the condition.");
}

function explainVersions({ versions, missingRights }: ProbedAbilities): Explanation {
  switch (versions) {
    case "enabled":
      return good("Keeps what is replaced or deleted", "It can be put back. Older versions cost storage.");
    case "suspended":
      return info("Keeps older versions, and adds none", "What is replaced or deleted now is gone.");
    case "off":
      return info("Keeps none", "What is replaced or deleted is gone.");
    case "unknown": {
      const means = "The console assumes that none are kept.";
      const right = "s3:GetBucketVersioning";
      return missingRights.includes(right) ? warn("Access was refused", means, `Grant ${right}.`) : unclear(means);
    }
  }
}

function explainCondition(condition: Condition, means: { honored: string; otherwise: string }): Explanation {
  switch (condition) {
    case "honored":
      return good("Honors the condition", means.honored);
    case "refused":
      return info(REJECTS, means.otherwise);
    case "ignored":
      return info("Ignores the condition", means.otherwise);
    case "unknown":
      return unclear(means.otherwise);
  }
}

function explainDeleteMany({ deleteMany }: ProbedAbilities): Explanation {
  if (deleteMany === "works") return good("Deletes up to 1,000 keys a call", null);
  if (deleteMany === "one-by-one") return info("Refuses", "The console deletes one by one, which takes longer.");
  return unclear("The console asks again, and deletes one by one where it is refused.");
}

function explainContentMd5({ contentMd5 }: ProbedAbilities): Explanation {
  const means = "The console sends Content-MD5 with every write, so damaged bytes are refused.";
  if (contentMd5 === "wanted") return good("Requires a checksum (as with Object Lock)", means);
  if (contentMd5 === "optional") return good("Accepts writes with Content-MD5", means);
  return unclear(means);
}

function explainExtra(extra: ProbedAbilities["tags"] | ProbedAbilities["acl"], name: "tags" | "ACLs"): Explanation {
  switch (extra) {
    case "kept":
    case "uncounted":
      return good(`Keeps ${name}`, `A move takes an object's ${name} along.`);
    case "not-implemented":
      return info(`Has no ${name} of single objects`, "There are none to lose.");
    case "disabled":
      return info(`${name} are turned off in this bucket`, "There are none to lose.");
    case "denied": {
      const rights =
        name === "tags" ? "s3:GetObjectTagging and s3:PutObjectTagging" : "s3:GetObjectAcl and s3:PutObjectAcl";
      return warn("Access was refused", `A move loses an object's ${name}.`, `Grant ${rights}.`);
    }
    case "unknown":
      return unclear(`A move takes an object's ${name} along if the store lets it.`);
  }
}

/** What a Backblaze B2 key calls a right (its documentation: S3-Compatible App Keys). */
const b2Capabilities: Record<string, string> = {
  "s3:ListBucket": "listFiles",
  "s3:ListBucketVersions": "listFiles",
  "s3:GetObject": "readFiles",
  "s3:GetObjectVersion": "readFiles",
  "s3:PutObject": "writeFiles",
  "s3:DeleteObject": "writeFiles",
  "s3:DeleteObjectVersion": "deleteFiles",
  "s3:GetBucketVersioning": "readBuckets",
  "s3:GetObjectAcl": "readBuckets",
};

function explainRights({ missingRights: missing, versions, versionRights }: ProbedAbilities): Explanation {
  if (missing.length === 0) {
    if (versions !== "off" && versionRights === "unknown") return unclear("The console does not rely on versions.");
    return good("All are granted", "Nothing that the console does is refused.");
  }
  const capabilities = [...new Set(missing.flatMap((right) => b2Capabilities[right] ?? []))];
  const ofB2 = capabilities.length > 0 ? ` A Backblaze B2 key needs ${capabilities.join(", ")}.` : "";
  const lock = missing.includes("s3:DeleteObjectVersion")
    ? " Where the bucket has a default retention, Object Lock refuses to delete versions whatever is granted."
    : "";
  const todo = `Grant ${missing.join(", ")} to the console's credentials.${ofB2}${lock}`;
  return warn(`Refuses ${missing.join(", ")}`, "Items that need them fail; the rest goes on.", todo);
}

const explainLeftovers = (leftovers: string[]): AbilityLine => ({
  name: "Clean-up",
  tried: "Delete the probe's own objects",
  does: `${leftovers.length} of them could not be deleted`,
  means: `They are a few bytes below ${PROBE_PREFIX}, and nothing reads them.`,
  todo: null,
  tone: "info",
});
