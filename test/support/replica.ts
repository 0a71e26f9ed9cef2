/** A primary's own settings: it does not wait five seconds for further replicas before it sends its data to the first. */
export const COPY_AT_ONCE = ['--repl-diskless-sync-delay', '0'] as const
