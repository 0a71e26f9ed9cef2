// Puts together the console's sections about people and what they get: customers, suppressions, previews.

import { createClickStore } from '../clicks/store.ts'
import type { Frame } from '../console/frame.ts'
import { customersSection } from '../console/pages/customers/section.tsx'
import { previewsSection } from '../console/pages/previews/section.tsx'
import { suppressionsSection } from '../console/pages/suppressions.tsx'
import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createIsAllowed } from '../messages/allowlist.ts'
import { createFirstClick } from '../messages/first-click.ts'
import { expectedInvoices } from '../messages/invoices.ts'
import { createLatestContent } from '../messages/latest-content.ts'
import { createPreview } from '../messages/preview.ts'
import { noRetries } from '../messages/retry-schedule.ts'
import type { NoteAct } from '../operator/actions.ts'
import { createCustomerPreviews } from '../operator/customer-previews.ts'
import { createCustomers } from '../operator/customers.ts'
import { createErasing } from '../operator/erasing.ts'
import { createPreviews } from '../operator/previews.ts'
import { createSearch } from '../operator/search.ts'
import { createOperatorSuppressions } from '../operator/suppressions.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createErase } from '../retention/erase.ts'
import { createExport } from '../retention/export.ts'
import { createLift, createRemoveAtResend } from '../suppressions/lift.ts'
import { createSuppressionList } from '../suppressions/list.ts'
import { detailsFor } from './composing.ts'
import type { Shared } from './shared.ts'

type PeopleParts = { shared: Shared; redis: RedisClient; frame: Frame; note: NoteAct }

const customers = ({ shared, redis, frame, note }: PeopleParts) => {
  const { records, index, stages, clock } = shared
  const batches = createBatchStore(redis, stages.batches.due)
  const clicks = createClickStore({ records, firstClickWrites: createFirstClick(index) })
  return customersSection({
    ...{ ...shared, pauseState: shared.pause.state, frame, note },
    customers: createCustomers({
      ...{ ...shared, search: createSearch(shared) },
      policy: { ...shared.config.reminders, isOff: shared.isKindOff },
    }),
    exportCustomer: createExport({ ...shared, clicks }),
    erase: createErasing({
      erase: createErase({ ...shared, abandon: createAbandon({ batches, clock }) }),
      ...{ note, by: 'console' },
    }),
  })
}

const suppressions = ({ shared, redis, frame, note }: PeopleParts) =>
  suppressionsSection({
    frame,
    suppressions: createOperatorSuppressions({
      ...{ ...shared, note },
      list: createSuppressionList(redis),
      lift: createLift({ ...shared, removeAtResend: createRemoveAtResend(shared) }),
    }),
  })

const previews = ({ shared, frame, note }: PeopleParts) => {
  const { config, brand, isKindOff, customers, brandOf, sender, clock } = shared
  return previewsSection({
    ...{ frame, isKindOff, sendMode: config.sendMode, language: brand.language },
    ofCustomers: createCustomerPreviews({
      search: createSearch(shared),
      preview: createPreview({
        withLatestContent: createLatestContent(customers, clock),
        detailsOf: detailsFor({
          shared,
          customers,
          invoices: expectedInvoices,
          retries: noRetries,
        }),
        ...{ brandOf, sender, clock },
      }),
    }),
    previews: createPreviews({
      ...{ ...shared, note, sendMode: config.sendMode },
      portalUrl: `${config.publicUrl}/portal`,
      isAllowed: createIsAllowed(config.email.allowlist),
    }),
  })
}

export const peopleSections = (parts: PeopleParts) => [
  customers(parts),
  suppressions(parts),
  previews(parts),
]
