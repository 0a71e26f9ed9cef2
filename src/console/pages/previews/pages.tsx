// Previews: the list of all kinds in one language, and the way to the others.

import type { Kind, Language } from '../../../../emails/index.ts'
import { LANGUAGES, type Sample } from '../../../operator/previews.ts'
import { inWords, languageName } from '../../../operator/words.ts'
import { Badge, Card } from '../../ui/parts.tsx'
import { GROUPS } from './groups.ts'

export const PREVIEWS = '/console/previews'

export const previewPath = ({ kind, language }: Sample) => `${PREVIEWS}/${kind}/${language}`

type ListParts = { isOff: (kind: Kind) => boolean; language: Language }

/** The list in each language: its emails are in that language. */
const Languages = ({ language }: Pick<ListParts, 'language'>) => (
  <nav className="tabs" aria-label="Languages">
    {LANGUAGES.map((one) => (
      <a
        key={one}
        href={`${PREVIEWS}?language=${one}`}
        aria-current={one === language ? 'page' : undefined}
      >
        {languageName(one)}
      </a>
    ))}
  </nav>
)

/** @param language of the emails that the list leads to. */
export const listPage = ({ isOff, language }: ListParts) => ({
  title: 'Previews',
  section: 'Previews' as const,
  lead: 'Every kind of email in every language, with your brand and sample data or a customer’s.',
  body: (
    <>
      <Languages language={language} />
      <div className="groups">
        {GROUPS.map(([name, kinds]) => (
          <Card key={name} title={name}>
            <ul className="links">
              {kinds.map((kind) => (
                <li key={kind}>
                  <a href={previewPath({ kind, language })}>{inWords(kind)}</a>
                  {isOff(kind) && <Badge tone="warn">off</Badge>}
                  <code className="quiet">{kind}</code>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  ),
})
