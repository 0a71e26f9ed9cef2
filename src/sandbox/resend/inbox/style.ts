// The inbox's style sheet. The pages load no other asset.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #eceef1; --sheet: #ffffff; --ink: #17191d; --soft: #656b76; --line: #e1e4e8; --pick: #e8efff;
  --accent: #2458d3; --dot: #2f6bff; --desk: #dfe2e7;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #0e0f12; --sheet: #16181c; --ink: #eceef2; --soft: #9aa1ad; --line: #282b31; --pick: #1d2943;
    --accent: #8fb0ff; --dot: #6f9bff; --desk: #0a0b0d }
}
* { box-sizing: border-box }
html, body { height: 100% }
body { margin: 0; background: var(--page); color: var(--ink); display: grid; grid-template-rows: auto minmax(0, 1fr);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px }
h1, h2, p { margin: 0 }
.bar { display: flex; align-items: center; gap: .75rem; padding: .625rem 1rem; background: var(--sheet);
  border-bottom: 1px solid var(--line) }
.bar h1 { font-size: 1rem; letter-spacing: -.01em }
.bar .soft { margin-left: auto; font-size: .8125rem }
.soft { color: var(--soft) }
.bar .soft { white-space: nowrap }
.count { font-size: .8125rem; background: var(--pick); color: var(--accent); border-radius: 1rem; padding: 0 .5rem; font-weight: 600 }
.panes { display: grid; grid-template-columns: minmax(17rem, 24rem) minmax(0, 1fr); min-height: 0 }
.list { border-right: 1px solid var(--line); background: var(--sheet); overflow-y: auto; min-height: 0 }
.list ol { list-style: none; margin: 0; padding: 0 }
.list li { border-bottom: 1px solid var(--line) }
.mail { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .0625rem .75rem; padding: .75rem 1rem;
  color: inherit; text-decoration: none; border-left: 3px solid transparent }
.mail:hover { background: color-mix(in srgb, var(--pick) 50%, transparent) }
.mail[aria-current] { background: var(--pick); border-left-color: var(--dot) }
.mail > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.mail .from { font-weight: 600 }
.mail time { font-size: .8125rem; color: var(--soft) }
.mail .subject { grid-column: 1 / -1 }
.mail .snippet { grid-column: 1 / -1; color: var(--soft); font-size: .875rem }
.mail .to { grid-column: 1 / -1; color: var(--soft); font-size: .8125rem }
.reading { display: grid; grid-template-rows: auto auto minmax(0, 1fr); min-height: 0; min-width: 0; background: var(--sheet) }
.reading > header { padding: 1.125rem 1.5rem .75rem }
.reading h2 { font-size: 1.3125rem; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere }
.lines { margin: .5rem 0 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .0625rem .75rem; font-size: .875rem }
.lines dt { color: var(--soft) } .lines dd { margin: 0; overflow-wrap: anywhere }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: 0 1.5rem; border-bottom: 1px solid var(--line) }
[role=tablist] { display: flex; gap: 1.25rem }
[role=tab] { font: inherit; font-size: .9375rem; background: none; border: 0; border-bottom: 2px solid transparent; color: var(--soft);
  padding: .625rem 0; min-height: 2.75rem; cursor: pointer }
[role=tab][aria-selected=true] { color: var(--ink); font-weight: 600; border-color: var(--dot) }
.toggles { margin-left: auto; display: flex; gap: .5rem; padding: .25rem 0 }
.toggles[hidden] { display: none }
.toggle { display: flex; background: var(--page); border-radius: .5rem; padding: .125rem; border: 0; margin: 0 }
.toggle button { font: inherit; font-size: .8125rem; border: 0; background: none; color: var(--soft); border-radius: .375rem;
  padding: .25rem .625rem; min-height: 2rem; cursor: pointer }
.toggle button[aria-pressed=true] { background: var(--sheet); color: var(--ink); font-weight: 600; box-shadow: 0 1px 2px rgb(0 0 0 / 18%) }
[role=tabpanel] { min-height: 0; overflow: auto }
#panel-html { background: var(--desk); padding: 1.25rem; display: grid; overflow: hidden }
#panel-html[hidden] { display: none }
iframe { border: 0; width: 100%; height: 100%; background: #fff; border-radius: .5rem; justify-self: center;
  box-shadow: 0 1px 3px rgb(0 0 0 / 14%) }
iframe[data-width=phone] { width: 390px; max-width: 100% }
iframe[data-scheme=dark] { background: #121212 }
pre { margin: 0; padding: 1.5rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.6 ui-monospace, SFMono-Regular, Menlo, monospace;
  max-width: 80ch }
pre a { color: var(--accent) }
table { border-collapse: collapse; margin: 1.25rem 1.5rem; font-size: .875rem }
caption { text-align: left; font-weight: 600; padding-bottom: .375rem }
th, td { text-align: left; vertical-align: top; padding: .375rem 1.5rem .375rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere }
th { font-weight: 500; color: var(--soft); white-space: nowrap }
td { font-family: ui-monospace, SFMono-Regular, Menlo, monospace }
.empty { place-self: center; text-align: center; padding: 3rem 1.5rem; max-width: 30rem; display: grid; gap: .75rem }
.empty h2 { font-size: 1.25rem }
.empty svg { width: 3.5rem; margin: 0 auto; color: var(--soft) }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--page); padding: .125rem .375rem; border-radius: .25rem }
.back { display: none; color: var(--accent); text-decoration: none; font-size: .9375rem; padding: .5rem 0; margin-top: -.5rem }
@media (max-width: 46rem) {
  .panes { grid-template-columns: minmax(0, 1fr) }
  .bar .soft { display: none }
  .list { border-right: 0 }
  body[data-view=list] .reading, body[data-view=mail] .list { display: none }
  body[data-view=list] .mail[aria-current] { background: none; border-color: transparent }
  .back { display: inline-block }
  .reading > header { padding: 1rem 1rem .5rem }
  .tools { padding: 0 1rem }
  .toggles { margin-left: 0; padding-bottom: .5rem }
  .toggle.width { display: none }
  #panel-html { padding: .5rem }
  table { margin: 1rem }
  pre { padding: 1rem }
  .mail { padding: .875rem 1rem }
}
`
