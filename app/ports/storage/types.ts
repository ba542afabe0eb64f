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
};

/** What HEAD and GET tell of an object. */
export type ObjectHead = StoredObject & ObjectHeaders;

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
  /** Fails with code "exists" when the key is taken (`If-None-Match: *`); atomic on the server. */
  createOnly?: boolean;
  signal?: AbortSignal;
};

export type PresignOptions = {
  /** 3,600 unless told, at most 302,400. */
  windowSeconds?: number;
  /** The file name under which a browser saves the object, instead of showing it. */
  download?: string;
  /** The Content-Type that the answer has, whatever the object was stored with. */
  contentType?: string;
};

/**
 * One S3 bucket. Every method throws StorageError and nothing else, except when its `signal` is aborted: then it throws
 * the signal's reason (a timeout's reason becomes a StorageError "timeout").
 */
export type Storage = {
  readonly bucket: string;
  /** Pages of a listing, in key order. */
  list(options?: ListOptions): AsyncGenerator<ListPage>;
  /**
   * Every object below a big prefix exactly once, ranges of keys listed in parallel; pages arrive in no order. Only keys
   * after `after` up to and including `last`, in UTF-8 byte order, where they are given.
   */
  listParallel(
    prefix: string,
    options?: { after?: string | null; last?: string | null; concurrency?: number; signal?: AbortSignal },
  ): AsyncGenerator<StoredObject[]>;
  /**
   * The whole object, or `range` (first and last byte, both included); `head.bytes` is the whole object's size either way.
   * Throws "too-large" past `maxBytes` without reading on.
   */
  get(
    key: string,
    options?: { range?: [number, number]; maxBytes?: number; signal?: AbortSignal },
  ): Promise<{ head: ObjectHead; body: Buffer }>;
  /** Null when there is no such object. */
  head(key: string, options?: { signal?: AbortSignal }): Promise<ObjectHead | null>;
  put(key: string, body: Buffer, options: PutOptions): Promise<{ etag: string }>;
  /** Server-side copy within the bucket; `replace` sets all headers anew (needed onto itself). */
  copy(
    from: string,
    to: string,
    options?: { replace?: NewHeaders | undefined; signal?: AbortSignal },
  ): Promise<{ etag: string }>;
  /** Succeeds also when there is no such object, as S3 does. */
  delete(key: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** DeleteObjects by 1,000, one by one where the store cannot; returns the keys that stayed, with the reason. */
  deleteMany(keys: string[], options?: { signal?: AbortSignal }): Promise<{ key: string; reason: string }[]>;
  /** A GET link, the same for every call within one window; valid for at least one window more. */
  presignGet(key: string, options?: PresignOptions): Promise<string>;
  /** Throws the StorageError that the first real call would meet: no bucket, wrong credentials, no answer. */
  check(options?: { signal?: AbortSignal }): Promise<void>;
};
