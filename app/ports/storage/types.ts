/** What an object looks like in a listing. `key` is exactly as S3 gives it. */
export type StoredObject = {
  key: string;
  /** Without quotes. Of an object for which the store has none: `none-<bytes>-<modifiedAt in seconds>`. */
  etag: string;
  bytes: number;
  modifiedAt: Date;
  /** As the store names it; null for STANDARD, which HEAD and GET leave out. */
  storageClass: string | null;
  /** True in an archive class, whose bytes cannot be read before someone restores the object, unless someone has. */
  isArchived: boolean;
};

/** What a store keeps beside an object's bytes and sends along with them; undefined: it has none. */
export type ObjectHeaders = {
  contentType: string | undefined;
  /** Names in lower case. S3 carries them as headers; AWS gives back what is not ASCII in MIME's words (=?UTF-8?…?=). */
  metadata: Record<string, string>;
  cacheControl: string | undefined;
  contentDisposition: string | undefined;
  contentEncoding: string | undefined;
  contentLanguage: string | undefined;
  /** The Expires header exactly as it was stored; it need not be a date. */
  expires: string | undefined;
  /** Where a static website sends those who ask for this key. */
  websiteRedirect: string | undefined;
};

/** What HEAD and GET tell of an object. */
export type ObjectHead = StoredObject &
  ObjectHeaders & {
    /** Null where the bucket keeps no versions; "null" for an object from before it did. */
    versionId: string | null;
    /** Undefined: the store does not say, which is not the same as none. */
    tagCount: number | undefined;
    /** Under a retention or a legal hold of Object Lock. Those who may not read these are told false. */
    isLocked: boolean;
    /** Encrypted with a key of KMS, be it the bucket's or one of its own. */
    hasKmsKey: boolean;
  };

/** One version of a key, or the marker that a delete left there (`etag` and `bytes` are then empty). Newest first in a list. */
export type ObjectVersion = {
  versionId: string;
  isMarker: boolean;
  isLatest: boolean;
  etag: string;
  bytes: number;
  modifiedAt: Date;
};

/** The same in a listing of all keys. */
export type ListedVersion = ObjectVersion & Pick<StoredObject, "key" | "storageClass">;

/** What a delete did in a bucket with versions: the marker it made, or the version (or marker) that it removed. */
export type Deletion = { versionId: string; isMarker: boolean };

export type Tags = Record<string, string>;

export type Grant = {
  permission: "FULL_CONTROL" | "READ" | "READ_ACP" | "WRITE" | "WRITE_ACP";
  grantee: { type: "user"; id: string } | { type: "group"; uri: string } | { type: "email"; email: string };
};

/** Who may do what with one object. */
export type Acl = { ownerId: string; grants: Grant[] };

export type Versioning = "off" | "enabled" | "suspended";

export type ListOptions = {
  prefix?: string;
  /** With "/", keys below a subfolder are folded into `prefixes`. */
  delimiter?: "/";
  /** Only keys after this one, in UTF-8 byte order. */
  startAfter?: string;
  /** Keys and prefixes a page; at most 1,000, S3's own limit. */
  pageSize?: number;
  signal?: AbortSignal;
};

export type ListPage = { objects: StoredObject[]; prefixes: string[] };

/** The headers that an object is to have; what is left out it has not. */
export type NewHeaders = Partial<ObjectHeaders> & { contentType: string };

export type PutOptions = NewHeaders & {
  /**
   * Fails with code "exists" when the key is taken (`If-None-Match: *`). Stores refuse this ("not-implemented") or even
   * ignore it: whoever relies on it asks the store's abilities first.
   */
  createOnly?: boolean;
  /**
   * Content-MD5 goes along unless this is false: a store then refuses bytes that were damaged on the way, and buckets
   * with Object Lock refuse whatever has no checksum.
   */
  checksum?: boolean;
  tags?: Tags | undefined;
  /** Its grants, in place of the default (all to the owner, nothing to anyone else); the owner is whoever writes. */
  acl?: Acl | undefined;
  /** Null: the bucket's default. */
  storageClass?: string | null;
  signal?: AbortSignal;
};

/** As for `put`. No condition is among them: what stores make of one on an upload in parts differs, and cannot be probed cheaply. */
export type PutStreamOptions = NewHeaders & Pick<PutOptions, "signal">;

export type CopyOptions = {
  /** All headers of the copy (needed onto itself); without it they are the source's. */
  replace?: NewHeaders | undefined;
  /** Fails with "changed" unless the source has this ETag. */
  fromEtag?: string | undefined;
  /** Fails with "exists" (beside `fromEtag` with "changed"); ignored by more stores than in `put`. */
  createOnly?: boolean;
  /** Null: the bucket's default. */
  storageClass?: string | null;
  signal?: AbortSignal;
};

export type PresignOptions = {
  /** 3,600 unless told, at most 302,400. */
  windowSeconds?: number;
  /** The file name under which a browser saves the object, instead of showing it. */
  download?: string;
  /** The Content-Type that the answer has, whatever the object was stored with. */
  contentType?: string;
  /**
   * Browsers keep what they read by the link for a window, without asking again; the link is another one for another text
   * (an ETag) here. Without it they do as the object's own headers say.
   */
  keepAs?: string;
};

/** An object that arrives in parts; nothing is seen at its key before it is complete. */
export type UploadInParts = { key: string; uploadId: string };

/** A part of it that the store has. */
export type UploadedPart = { number: number; etag: string; bytes: number };

/** `versionId` is null where the bucket keeps no versions. */
export type Written = { etag: string; versionId: string | null };
/** Ceph, asked a second time what parts became, does not say as which version. */
export type WrittenInParts = Pick<Written, "etag">;

/**
 * One S3 bucket. Every method throws StorageError and nothing else, except when its `signal` is aborted: then it throws
 * the signal's reason (a timeout's reason becomes a StorageError "timeout").
 */
export type Storage = {
  readonly bucket: string;
  /** The endpoint's address, or "AWS S3, <region>". */
  readonly endpoint: string;
  /** Pages of a listing, in key order. */
  list(options?: ListOptions): AsyncGenerator<ListPage>;
  /**
   * Every object below a big prefix exactly once, ranges of keys listed in parallel; pages arrive in no order. Only keys
   * after `after` up to and including `last`, in UTF-8 byte order, where they are given. `firstPage`: how many keys are
   * asked for first, where hardly any are expected.
   */
  listParallel(
    prefix: string,
    options?: {
      after?: string | null;
      last?: string | null;
      firstPage?: number;
      concurrency?: number;
      signal?: AbortSignal;
    },
  ): AsyncGenerator<StoredObject[]>;
  /**
   * The whole object, or `range` (first and last byte, both included); `head.bytes` is the whole object's size either way.
   * Throws "too-large" past `maxBytes` without reading on.
   */
  get(
    key: string,
    options?: { versionId?: string; range?: [number, number]; maxBytes?: number; signal?: AbortSignal },
  ): Promise<{ head: ObjectHead; body: Buffer }>;
  /** Null when there is no such object, or `versionId` is a delete's marker. */
  head(key: string, options?: { versionId?: string; signal?: AbortSignal }): Promise<ObjectHead | null>;
  put(key: string, body: Buffer, options: PutOptions): Promise<Written>;
  /**
   * As `put`, for what is too long for memory: in parts of 8 MiB, read from `chunks` as they go out. Nothing is seen at the key
   * before the last part is there, and nothing is left where this fails; what is cut off (a process that dies) leaves parts that
   * no one sees, which a rule of the bucket's removes. The ETag is no hash of the bytes then.
   */
  putStream(key: string, chunks: AsyncIterable<Uint8Array>, options: PutStreamOptions): Promise<WrittenInParts>;
  /**
   * Begins an object that someone else puts there in parts, by the links of `presignPart`: of 5 MiB at least, but for the last.
   * What is never completed is seen by no one, and removed by a rule of the bucket's.
   */
  createUpload(key: string, options: PutStreamOptions): Promise<UploadInParts>;
  /** A link that takes one part by PUT, of just so many bytes, and begun within `seconds`. A part that is sent again replaces itself. */
  presignPart(upload: UploadInParts, part: { number: number; bytes: number; seconds: number }): Promise<string>;
  /** The parts that have arrived whole, by number. Null: there is no such upload (any more). */
  listParts(upload: UploadInParts, options?: { signal?: AbortSignal }): Promise<UploadedPart[] | null>;
  /** Joins the parts. Where someone else has just done so, stores either say so again or fail with "not-found". */
  completeUpload(
    upload: UploadInParts,
    parts: Pick<UploadedPart, "number" | "etag">[],
    options?: { signal?: AbortSignal },
  ): Promise<WrittenInParts>;
  /** Removes what has arrived; succeeds also when there is no such upload. */
  abortUpload(upload: UploadInParts, options?: { signal?: AbortSignal }): Promise<void>;
  /** Whether pages of this origin may put objects there from a browser: the bucket's CORS says. */
  admitsPages(origin: string, options?: { signal?: AbortSignal }): Promise<boolean>;
  /** Server-side copy within the bucket, tags included, ACL not. */
  copy(from: string, to: string, options?: CopyOptions): Promise<Written>;
  /**
   * Succeeds also when there is no such object, as S3 does. Null: the bucket keeps no versions, so it is gone for good.
   * `versionId` removes just that version or marker; `ifMatch` fails with "changed" where the store honors it and the
   * object has another ETag (many ignore it: see the store's abilities). What stands in for an ETag is no condition.
   */
  delete(
    key: string,
    options?: { versionId?: string; ifMatch?: string; signal?: AbortSignal },
  ): Promise<Deletion | null>;
  /** All versions and markers of exactly this key, newest first; "null" is the version of a bucket without versions. */
  versions(key: string, options?: { signal?: AbortSignal }): Promise<ObjectVersion[]>;
  /** The same of all keys, page by page, in key order. */
  allVersions(options?: { signal?: AbortSignal }): AsyncGenerator<ListedVersion[]>;
  versioning(options?: { signal?: AbortSignal }): Promise<Versioning>;
  readTags(key: string, options?: { signal?: AbortSignal }): Promise<Tags>;
  /** Replaces all tags. */
  writeTags(key: string, tags: Tags, options?: { signal?: AbortSignal }): Promise<void>;
  readAcl(key: string, options?: { signal?: AbortSignal }): Promise<Acl>;
  writeAcl(key: string, acl: Acl, options?: { signal?: AbortSignal }): Promise<void>;
  /**
   * DeleteObjects by 1,000, one by one where the store cannot, which is then remembered until `askAgain`; returns the keys
   * that stayed, with the reason.
   */
  deleteMany(
    keys: string[],
    options?: { askAgain?: boolean; signal?: AbortSignal },
  ): Promise<{ key: string; reason: string }[]>;
  /** True once the store has refused DeleteObjects. */
  readonly deletesOneByOne: boolean;
  /** A GET link, the same for every call within one window; valid for at least one window more. */
  presignGet(key: string, options?: PresignOptions): Promise<string>;
  /** Throws the StorageError that the first real call would meet: no bucket, wrong credentials, no answer. */
  check(options?: { signal?: AbortSignal }): Promise<void>;
};
