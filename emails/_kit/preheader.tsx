// What an inbox shows beside the subject. Blanks follow it, or the inbox would go on with the email's first words.

/** Twice, since Outlook knows only its own way of hiding. */
const hidden = { display: 'none', msoHide: 'all', maxHeight: 0, overflow: 'hidden' } as const

/** A no-break space and a non-joiner: neither collapses into its neighbour. As many as an inbox could show. */
const BLANKS = '\u00a0\u200c'.repeat(120)

export const Preheader = ({ children }: { children: string }) => (
  <div data-skip-in-text="true" style={hidden}>
    {children}
    <div>{BLANKS}</div>
  </div>
)
