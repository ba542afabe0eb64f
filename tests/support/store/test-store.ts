import { expect } from "vitest";
import { isStoreName, type StoreName, storeManners } from "../../../scripts/dev/s3/manners/store-manners";

export type Versions = "off" | "enabled" | "suspended";

/** A store that tests run on: a local one that plays AWS, B2, Swift or Ceph, or the real one at an endpoint. */
export type TestStore = { name: string; plays: StoreName; versions: Versions; real: RealStore | null };

type RealStore = { endpoint: string; accessKey: string; secretKey: string; region: string };

/**
 * A store by its name: `aws`, `b2`, `swift`, `ceph` (local) or `real`, with `-versioned` or `-suspended` behind it for a
 * bucket that keeps versions, or kept them once. `real` is the store at S3_CONTRACT_ENDPOINT, with AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY (AWS_REGION unless it is us-east-1); S3_CONTRACT_STORE says whose manners it has (default: aws).
 */
export function testStore(name: string): TestStore {
  const [, kind = "", suffix] = /^([a-z0-9]+?)(?:-(versioned|suspended))?$/.exec(name) ?? [];
  const versions = suffix === "versioned" ? "enabled" : suffix === "suspended" ? "suspended" : "off";
  const isReal = kind === "real";
  const plays = playedBy(isReal ? (process.env.S3_CONTRACT_STORE ?? "aws") : kind);
  if (versions !== "off" && !choosesVersions({ plays })) {
    throw new Error(`${name}: ${plays} leaves no choice about versions. Say just ${plays}.`);
  }
  return { name, plays, versions, real: isReal ? realStore() : null };
}

/** Whether a bucket there keeps versions or not as it is told. */
export const choosesVersions = ({ plays }: Pick<TestStore, "plays">) => storeManners[plays].versions === "on-demand";

/** What the tests of the app's own storage run on: TEST_STORE, else a local AWS. */
export const chosenStore = () => testStore(process.env.TEST_STORE ?? "aws");

/** A number that a test knows for AWS without versions; on another store any number will do. */
export const onAws = (count: number): number => {
  const { plays, versions } = chosenStore();
  return plays === "aws" && versions !== "enabled" ? count : expect.any(Number);
};

/** Whether objects can be put into an archive class there. */
export const hasArchive = ({ plays }: TestStore) => storeManners[plays].otherStorageClasses === null;

function playedBy(name: string): StoreName {
  if (isStoreName(name)) return name;
  throw new Error(`There is no store "${name}": choose one of aws, b2, swift, ceph and real.`);
}

function realStore(): RealStore {
  const { S3_CONTRACT_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION = "us-east-1" } = process.env;
  if (!S3_CONTRACT_ENDPOINT || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("A real store needs S3_CONTRACT_ENDPOINT, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
  }
  return {
    endpoint: S3_CONTRACT_ENDPOINT,
    accessKey: AWS_ACCESS_KEY_ID,
    secretKey: AWS_SECRET_ACCESS_KEY,
    region: AWS_REGION,
  };
}
