// The parts of the console, as its navigation lists them. Each has a sign, drawn in lines on a grid of 16.

const CIRCLE = 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z'

export const SECTIONS = [
  {
    ...{ path: '/console', name: 'Overview' },
    sign: 'M2.5 9.5h4v4h-4zM9.5 7h4v6.5h-4zM2.5 2.5h4v4h-4zM9.5 2.5h4V4h-4z',
  },
  {
    ...{ path: '/console/messages', name: 'Messages' },
    sign: 'M2 4h12v8.5H2zM2 4.5 8 9l6-4.5',
  },
  {
    ...{ path: '/console/customers', name: 'Customers' },
    sign: 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.5-2.5 2.5-3.5 5-3.5s4.5 1 5 3.5',
  },
  { path: '/console/events', name: 'Events', sign: 'M9 2 3.5 9H8l-1 5 5.5-7H8z' },
  { path: '/console/suppressions', name: 'Suppressions', sign: `${CIRCLE}M4 4l8 8` },
  { path: '/console/schedule', name: 'Schedule', sign: `${CIRCLE}M8 4.5V8l2.5 1.5` },
  { path: '/console/queues', name: 'Queues', sign: 'M2.5 4h11M2.5 8h11M2.5 12h6' },
  { path: '/console/work', name: 'Work', sign: `${CIRCLE}M6.5 5.5v5l4-2.5z` },
  {
    ...{ path: '/console/previews', name: 'Previews' },
    sign: 'M1.5 8C3 5 5.5 3.5 8 3.5S13 5 14.5 8C13 11 10.5 12.5 8 12.5S3 11 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  },
  {
    ...{ path: '/console/actions', name: 'Actions' },
    sign: 'M3 2.5h10v11H3zM5.5 6h5M5.5 8.5h5M5.5 11h3',
  },
] as const

export type Section = (typeof SECTIONS)[number]['name']

/** A screen reader skips it: the name of the part stands beside it. */
export const Sign = ({ of }: { of: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <path
      d={of}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  </svg>
)
