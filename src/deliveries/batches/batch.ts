// A batch: up to a hundred emails that go to the provider in one request, and on every retry the same ones in the same order.
//
//   open ──all are claimed──▶ sealed ──Resend says of each──▶ answered ──each recorded──▶ (gone)
//     │                         │
//     └──its claimer is gone──▶ dissolved ──each put back──▶ (gone)
//
// An open batch has never been sent, since it is sealed by a compare-and-write before its first call; so its claims can be
// undone without a question. Only a sealed one may have been sent: it goes out again byte for byte under its key, for which
// all its emails stay frozen until its answer is stored.

/** What became of one email of a batch; the answers are in the order of its ids. */
export type Answered = { providerId: string } | { refused: string }

/** Where the members of a dissolved batch go. Times in milliseconds. */
export type Destination =
  | { as: 'waiting'; notBefore: number; goesAlone: boolean }
  | { as: 'unconfirmed'; firstAttemptAt: number; lastAttemptAt: number }

export type Batch = { v: 1; ids: readonly string[] } & (
  | {
      state: 'open'
      /** From then on it is undone by whoever comes; while it waits for its permit that is put off. */
      until: number
    }
  | { state: 'sealed'; attempts: number; firstAttemptAt: number; retryAt: number }
  | { state: 'answered'; answers: readonly Answered[] }
  | { state: 'dissolved'; to: Destination }
)

/** Emails that Resend takes in one request (https://resend.com/docs/api-reference/emails/send-batch-emails). */
export const MOST_IN_BATCH = 100
