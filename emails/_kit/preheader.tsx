// What an inbox shows beside the subject. Blanks follow it, or the inbox would go on with the email's first words.

import { Preview } from './components.ts'

export const Preheader = ({ children }: { children: string }) => <Preview>{children}</Preview>
