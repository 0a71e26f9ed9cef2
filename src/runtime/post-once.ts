// One POST of JSON to somebody's URL. The URL and the headers may be secrets: no answer of this says them.

/** Why a post failed; `error` and `code` where no answer came. */
export type Refused = { status: number } | { error: string; code?: string }

/** Names only: the messages of such errors contain the URL. */
const namesOf = (error: unknown): Refused => {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = (error.cause ?? {}) as { code?: unknown }
  return { error: error.name, ...(typeof code === 'string' && { code }) }
}

type Post = {
  url: string
  headers?: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
}

/** Resolves with `null` where it was taken; never rejects. */
export const postOnce = async ({ url, headers, body, signal }: Post): Promise<Refused | null> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      redirect: 'manual', // a redirected POST arrives without its body, or takes its headers to another host
      signal,
    })
    await answer.body?.cancel()
    return answer.ok ? null : { status: answer.status }
  } catch (error) {
    return namesOf(error)
  }
}

/** The reason in one word. */
export const reasonIn = (refused: Refused): string =>
  'status' in refused ? `${refused.status}` : (refused.code ?? refused.error)
