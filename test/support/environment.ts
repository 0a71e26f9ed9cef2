// The environment that a test's process inherits beside its settings: where programs are, and which day,
// time zone and language it is.

const INHERITED = ['PATH', 'NODE_OPTIONS', 'TEST_DATE_SHIFT', 'TZ', 'LANG', 'LC_ALL']

export const inherited = (): Record<string, string> =>
  Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
