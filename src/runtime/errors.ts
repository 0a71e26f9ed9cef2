// The base class of Postern's own errors, which each room extends. Their messages hold facts and
// ids only, so a log line may show them.

/**
 * Subclasses override `name` and keep the `cause`. A message never holds an address, a token or a
 * customer's text.
 */
export abstract class PosternError extends Error {}
