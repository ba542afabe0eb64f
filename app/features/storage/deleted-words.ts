import type { ProbedAbilities } from "./abilities";

type Versions = ProbedAbilities["versions"];

const ends: Record<Versions, string> = {
  off: "deleted for good.",
  enabled:
    "deleted. The bucket keeps versions, so each stays behind as a hidden version until a rule or a person removes that.",
  suspended:
    "deleted. Versions are suspended in this bucket: each that was written while they were kept stays behind as a hidden version.",
  unknown:
    "deleted. Whether the bucket keeps versions is not known: if it does, each stays behind as a hidden version, else it is gone for good.",
};

/**
 * What a delete makes of objects in a bucket that keeps versions, or does not.
 * @param what with its verb: “3 originals are”
 */
export const deletedWords = (what: string, versions: Versions): string => `${what} ${ends[versions]}`;

const hidden: Record<Versions, string | null> = {
  off: null,
  enabled:
    "The bucket keeps versions, so what is moved or removed stays behind as hidden versions, and nothing is saved until a rule removes these.",
  suspended:
    "Versions are suspended in this bucket: what was written while they were kept can stay behind as hidden versions when it is moved or removed, and nothing is saved of that until a rule removes these.",
  unknown:
    "Whether the bucket keeps versions is not known: if it does, what is moved or removed stays behind as hidden versions, and nothing is saved until a rule removes these.",
};

/** What moving and deleting leave behind that no listing shows, as a sentence; null: nothing. */
export const hiddenWords = (versions: Versions): string | null => hidden[versions];
