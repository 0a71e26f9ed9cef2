// npm run release: releases all mail, held messages by id or reason, or with --suppression an
// address. Without arguments it lists what waits and explains how to release it.

import { command } from './command.ts'
import { HOW_TO_RELEASE, output } from './output.ts'

const FLAG = '--suppression'

export const release = (names: readonly string[]) =>
  command(async ({ list, releaseNamed, unsuppress }) => {
    if (names.length === 0) return output(...(await list()), '', ...HOW_TO_RELEASE)
    const [flag, address, ...more] = names.flatMap((name) =>
      name.startsWith(`${FLAG}=`) ? [FLAG, name.slice(FLAG.length + 1)] : [name],
    )
    if (flag === FLAG && address && more.length === 0) return unsuppress(address)
    if (names.some((name) => name.startsWith(FLAG))) {
      return {
        lines: [],
        errors: [`Nothing was released. Name one address, and nothing else: ${FLAG} <address>`],
      }
    }
    return releaseNamed(names)
  })
