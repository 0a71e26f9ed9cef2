// Previews: the list of all kinds and languages.

import { type Kind, kinds } from '../../../../emails/index.ts'
import { LANGUAGES, type Sample } from '../../../operator/previews.ts'
import { inWords } from '../../../operator/words.ts'
import { Badge, Card, Table } from '../../ui/parts.tsx'

export const PREVIEWS = '/console/previews'

export const previewPath = ({ kind, language }: Sample) => `${PREVIEWS}/${kind}/${language}`

export const languageName = (language: string) =>
  new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language

const Languages = ({ kind }: { kind: Kind }) => (
  <span className="choices">
    {LANGUAGES.map((language) => (
      <a
        key={language}
        href={previewPath({ kind, language })}
        aria-label={`${language}: ${inWords(kind)} in ${languageName(language)}`}
      >
        {language}
      </a>
    ))}
  </span>
)

type ListParts = { isOff: (kind: Kind) => boolean; language: Sample['language'] }

export const listPage = ({ isOff, language }: ListParts) => ({
  title: 'Previews',
  section: 'Previews' as const,
  lead: 'Every kind of email in every language, with your brand and sample data or a customer’s.',
  body: (
    <Card>
      <Table
        caption="Kinds of email"
        rows={kinds}
        keyOf={(kind) => kind}
        columns={[
          {
            name: 'Kind',
            cell: (kind) => (
              <>
                <a href={previewPath({ kind, language })}>{inWords(kind)}</a>{' '}
                {isOff(kind) && <Badge tone="warn">off</Badge>}
              </>
            ),
          },
          { name: 'Tag', cell: (kind) => <span className="mono quiet">{kind}</span> },
          { name: 'Languages', cell: (kind) => <Languages kind={kind} /> },
        ]}
      />
    </Card>
  ),
})
