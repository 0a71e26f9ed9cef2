// The preheader, which an inbox shows beside the subject. Blanks follow it, or the inbox would add the email's first words.

/** `msoHide` is for Outlook. */
const hidden = { display: 'none', msoHide: 'all', maxHeight: 0, overflow: 'hidden' } as const

/** No-break spaces and non-joiners do not collapse. 120 pairs fill any inbox. */
const BLANKS = '\u00a0\u200c'.repeat(120)

export const Preheader = ({ children }: { children: string }) => (
  <div data-skip-in-text="true" style={hidden}>
    {children}
    <div>{BLANKS}</div>
  </div>
)
