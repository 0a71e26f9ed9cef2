// Makes a foreign text fit for a log line or an alert: one line, not too long, without an email address or a key.

const LONGEST = 200

const ADDRESS = /[^\s()<>[\],;:"'`]*(?:"[^"]*")?@[^\s()<>,;"'`]*[^\s()<>,;:"'`.]/g

/** Keys and tokens of Resend and Polar, and signing secrets. */
const SECRET = /\b(?:re|whsec|polar_[a-z]{3})_[\w+/=-]{8,}/g

/** @param longest the longest result, in characters. */
export const scrub = (words: string, longest: number = LONGEST): string =>
  words.replace(ADDRESS, '…').replace(SECRET, '…').replace(/\s+/g, ' ').trim().slice(0, longest)
