// npm run hold: nothing is handed to Resend any more, until it is released.

import { command } from './command.ts'

export const hold = () => command(({ hold }) => hold())
