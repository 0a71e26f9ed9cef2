// npm run release: lists what waits, and says how to release it. Only what is named after it is released: all, held messages by
// id or reason, or with --suppression an address.

import { command } from './command.ts'
import { HOW_TO_RELEASE, said } from './output.ts'

const FLAG = '--suppression'

export const release = (names: readonly string[]) =>
  command(async ({ list, choose, unsuppress }) => {
    if (names.length === 0) return said(...(await list()), '', ...HOW_TO_RELEASE)
    const [flag, address, ...more] = names.flatMap((name) =>
      name.startsWith(`${FLAG}=`) ? [FLAG, name.slice(FLAG.length + 1)] : [name],
    )
    if (flag === FLAG && address && more.length === 0) return unsuppress(address)
    if (names.some((name) => name.startsWith(FLAG))) {
      return {
        lines: [],
        wrong: [`Nothing was released. Name one address, and nothing else: ${FLAG} <address>`],
      }
    }
    return choose(names)
  })
