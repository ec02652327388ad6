/** The error the manifest store throws when it cannot write: a code to act on and a sentence to show. */

export type StoreErrorCode =
  /** The manifest is not there, is not readable, or is not a manifest. */
  | 'manifest-missing'
  | 'manifest-unreadable'
  | 'manifest-invalid'
  | 'manifest-too-large'
  /** Something was to be made new and is there already. */
  | 'exists'
  /** A live writer kept the lock for longer than one waits. */
  | 'locked'
  /** The lock was taken away before the write was committed; nothing was written. */
  | 'lock-lost'
  /** The lock's folder is damaged and needs a person. */
  | 'lock-broken'
  /** Others keep changing the file without the lock. */
  | 'changing'
  | 'not-writable'
  | 'disk-full'
  | 'write-failed'
  /** A journal was to be closed whose receipt the manifest's history does not hold. */
  | 'receipt-not-recorded';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Whether the system refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/** Whether one who may not write here gets this. */
export function isNoPermission(error: unknown): boolean {
  return isRefusal(error, 'EACCES', 'EPERM', 'EROFS');
}

/** The system's refusal to write `path`, in words. What is no refusal of the system (a mistake of ours) is passed on. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof StoreError || typeof (error as NodeJS.ErrnoException)?.syscall !== 'string')
    return error;
  if (isNoPermission(error))
    return new StoreError(
      'not-writable',
      `${path} cannot be written: this user may not write there, or the volume is read-only.`,
    );
  if (isRefusal(error, 'ENOSPC', 'EDQUOT'))
    return new StoreError(
      'disk-full',
      `${path} was not written: the volume is full. What stood there before still does.`,
    );
  if (isRefusal(error, 'EEXIST'))
    return new StoreError('exists', `${path} exists already; it was left as it is.`);
  if (isRefusal(error, 'EISDIR', 'ENOTEMPTY'))
    return new StoreError('write-failed', `${path} was not written: a folder has this name.`);
  if (isRefusal(error, 'ENOENT', 'ENOTDIR'))
    return new StoreError('write-failed', `${path} was not written: its folder is not there.`);
  if (isRefusal(error, 'ENAMETOOLONG'))
    return new StoreError('write-failed', `${path} was not written: the name is too long for this volume.`);
  return new StoreError('write-failed', `${path} was not written: ${(error as Error).message}.`);
}
