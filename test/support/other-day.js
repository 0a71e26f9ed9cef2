// Loaded before anything else (`node --import`): the date is another one for this process, by the milliseconds that
// TEST_DATE_SHIFT says. Timers and `performance.now` run as ever. Processes that it starts follow when they are handed
// `NODE_OPTIONS` and TEST_DATE_SHIFT; a Redis keeps the machine's date.

const shift = Number(process.env.TEST_DATE_SHIFT ?? 0)
const RealDate = Date

class OtherDate extends RealDate {
  /** @param {any[]} parts */
  constructor(...parts) {
    // @ts-expect-error Date's constructor has several forms, and these are the parts of one of them.
    super(...(parts.length > 0 ? parts : [RealDate.now() + shift]))
  }

  /** @override */
  static now() {
    return RealDate.now() + shift
  }
}

/** `Date()` without `new` is the time as text. */
globalThis.Date = new Proxy(/** @type {DateConstructor} */ (OtherDate), {
  apply: () => new OtherDate().toString(),
})
