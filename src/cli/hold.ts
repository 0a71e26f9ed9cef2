// npm run hold: stops sending to Resend, in all processes, until the mail is released.

import { command } from './command.ts'

export const hold = () => command(({ hold }) => hold())
