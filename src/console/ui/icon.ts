// The icon of the console in a browser's tab: a small back gate.

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#fff" stroke-width="2">
<rect width="24" height="24" rx="6" fill="#3b49df" stroke="none"/><path d="M7 18V9.5a5 5 0 0 1 10 0V18M5 18h14" stroke-linecap="round"/></svg>`
