// The style sheet of the console: one file for all pages, light and dark, from a phone to a wide screen.

export const style = `
:root{color-scheme:light dark;
--page:#f6f7f9;--card:#fff;--raised:#fff;--soft:#fafbfc;--hover:rgb(20 23 31/.05);--ink:#14171f;--quiet:#5b6474;--line:#e3e6ec;--strong:#c9ced8;
--accent:#3b49df;--accent-ink:#fff;--accent-soft:#eceefd;
--good:#0b6b45;--good-soft:#e2f5ec;--warn:#7a4d00;--warn-soft:#fdf1d8;--bad:#a51d2d;--bad-soft:#fde9eb;
--bar-good:#1a9e6c;--bar-accent:#6672ea;--bar-warn:#d9911a;--bar-bad:#d64553;--bar-quiet:#c3c9d4;
--shadow:0 1px 2px rgb(20 23 31/.05);
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media(prefers-color-scheme:dark){:root{
--page:#0e1014;--card:#16191f;--raised:#1c2027;--soft:#191c23;--hover:rgb(255 255 255/.06);--ink:#eceef2;--quiet:#9aa3b2;--line:#272c35;--strong:#3a414d;
--accent:#98a2ff;--accent-ink:#0e1014;--accent-soft:#23284a;
--good:#6bd8a8;--good-soft:#12301f;--warn:#f0c46c;--warn-soft:#352a10;--bad:#ff9aa5;--bad-soft:#3b171c;
--bar-good:#3cc68e;--bar-accent:#7f8bff;--bar-warn:#e9ab45;--bar-bad:#f87482;--bar-quiet:#434b58;
--shadow:none}}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{min-height:100vh;background:var(--page);color:var(--ink);font:.9375rem/1.5 var(--sans);overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:3px}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{font-size:1rem;line-height:1.4;font-weight:650}
h3{font-size:.875rem;font-weight:650}
code,.mono{font-family:var(--mono);font-size:.875em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:12px;z-index:2;padding:8px 12px;background:var(--card)}
.quiet{color:var(--quiet)}.clip{display:block;max-width:9rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.address{display:block;max-width:14.5rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.address wbr{display:none}.small{font-size:.8125rem}.nowrap{white-space:nowrap}.num{text-align:right;font-variant-numeric:tabular-nums}
.frame{display:grid;grid-template-columns:220px minmax(0,1fr);min-height:100vh}
.side{border-right:1px solid var(--line);background:var(--card)}
.side>div{position:sticky;top:0;height:100vh;display:flex;flex-direction:column;gap:20px;padding:20px 12px;overflow-y:auto}
.brand{display:flex;align-items:center;gap:10px;padding:4px 8px;color:var(--ink);font-weight:650;text-decoration:none}
.brand svg{flex:none;color:var(--accent)}
.side nav ul{display:flex;flex-direction:column;gap:2px;padding:0;list-style:none}
.side nav a{display:flex;align-items:center;gap:10px;padding:7px 10px;border-radius:7px;color:var(--quiet);font-weight:500;text-decoration:none}
.side nav svg{flex:none;opacity:.85}
.side nav a:hover{background:var(--page);color:var(--ink)}
.side nav a[aria-current]{background:var(--accent-soft);color:var(--accent)}
.side .foot{margin-top:auto;display:flex;flex-direction:column;gap:10px;padding:0 8px}
.main{padding:28px clamp(16px,3vw,40px) 64px;max-width:1240px;width:100%}
.top{display:flex;flex-wrap:wrap;align-items:flex-start;justify-content:space-between;gap:12px 24px;margin-bottom:20px}
.top p{color:var(--quiet)}
.crumbs{margin-bottom:6px;font-size:.8125rem}
.stack{display:grid;gap:20px}
.stack>*{min-width:0}
.thirds{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(280px,100%),1fr));gap:20px}
.even{align-items:stretch}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));gap:24px 32px}.halves>*{min-width:0}
.figures-head{margin-top:8px}
.stack.tight{gap:8px}.row.tight{gap:4px}
.aside{padding:12px 18px;border-bottom:1px solid var(--line);color:var(--quiet);font-size:.8125rem}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px}
.spread{justify-content:space-between}
.columns{display:grid;grid-template-columns:minmax(0,1.7fr) minmax(260px,1fr);gap:20px;align-items:start}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px}
.tile{padding:14px 16px;border:1px solid var(--line);border-radius:12px;background:var(--card);box-shadow:var(--shadow)}
.tile dt{color:var(--quiet);font-size:.8125rem}
.tile dd{margin:2px 0 0;font-size:1.5rem;line-height:1.3;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tile .quiet{font-size:.8125rem;font-weight:400;letter-spacing:0}
.card{border:1px solid var(--line);border-radius:12px;background:var(--card);box-shadow:var(--shadow);overflow:hidden}
.card>header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:8px;padding:14px 18px;border-bottom:1px solid var(--line)}
.card>.body{padding:16px 18px}
.card>.body>*+*{margin-top:12px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.875rem;overflow-wrap:break-word}
th{padding:9px 14px;background:var(--soft);border-bottom:1px solid var(--line);color:var(--quiet);font-size:.75rem;font-weight:600;text-align:left;white-space:nowrap}
td{padding:11px 14px;border-bottom:1px solid var(--line);vertical-align:top}
:is(td,th):first-child{padding-left:18px}:is(td,th):last-child{padding-right:18px}
tbody tr:last-child td{border-bottom:0}
tbody tr:hover td{background:color-mix(in srgb,var(--accent-soft) 35%,transparent)}
td a{text-decoration:none;font-weight:550}td a:hover{text-decoration:underline}td .small .mono{overflow-wrap:anywhere}
.badge{display:inline-block;padding:1px 8px;border-radius:99px;background:var(--page);color:var(--quiet);font-size:.75rem;line-height:1.6;font-weight:600;white-space:nowrap;border:1px solid var(--line)}
.badge.good{background:var(--good-soft);color:var(--good);border-color:transparent}
.badge.warn{background:var(--warn-soft);color:var(--warn);border-color:transparent}
.badge.bad{background:var(--bad-soft);color:var(--bad);border-color:transparent}
.badge.accent{background:var(--accent-soft);color:var(--accent);border-color:transparent}
.notice{padding:12px 16px;border-radius:10px;font-weight:500}
.notice.good{background:var(--good-soft);color:var(--good)}
.notice.warn{background:var(--warn-soft);color:var(--warn)}
.notice.bad{background:var(--bad-soft);color:var(--bad)}
.verdict{border-left:4px solid var(--bar-good)}.verdict.warn{border-left-color:var(--bar-warn)}.verdict.bad{border-left-color:var(--bar-bad)}
.verdict>header{justify-content:start;flex-wrap:nowrap;gap:14px;padding:18px}.verdict>header:last-child{border-bottom:0}
.verdict h2{font-size:1.1875rem;letter-spacing:-.01em}
.sign{flex:none}.sign circle{fill:var(--good-soft)}.sign path{fill:none;stroke:var(--good);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.warn .sign circle{fill:var(--warn-soft)}.warn .sign path{stroke:var(--warn)}.bad .sign circle{fill:var(--bad-soft)}.bad .sign path{stroke:var(--bad)}
.notes>h3{padding:12px 18px 0;font-size:.75rem}*+.notes{border-top:1px solid var(--line)}.verdict>header+.notes{border-top:0}
.attention{display:grid;gap:0;padding:0;list-style:none}
.attention li{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:baseline;padding:12px 18px;border-bottom:1px solid var(--line)}
.attention li:last-child{border-bottom:0}
.attention .badge{flex:none}
.attention span:nth-child(2){flex:1 1 16rem}
@media(min-width:641px){.attention li{display:grid;grid-template-columns:minmax(9rem,max-content) minmax(0,1fr) auto}.attention .badge{justify-self:start}}
form.inline{display:inline}
form.row{align-items:end}
form.row label{flex:1 1 200px;max-width:420px}
.choices{display:flex;gap:14px}
label{display:grid;gap:4px;font-size:.8125rem;font-weight:550;color:var(--quiet)}
input,select,textarea{min-height:36px;width:100%;padding:6px 10px;border:1px solid var(--strong);border-radius:8px;background:var(--raised);color:var(--ink);font:inherit;font-weight:400}
select{min-width:8rem}
.filter>summary{list-style:none}.filter>summary::-webkit-details-marker{display:none}
.filter[open]>summary{margin-bottom:12px}
@media(min-width:641px){@supports selector(::details-content){.filter>summary{display:none}.filter::details-content{content-visibility:visible}}}
.filters{display:flex;flex-wrap:wrap;align-items:end;gap:12px}
.filters>a{padding:7px 4px}.filters label{flex:0 1 150px}.filters .wide{flex:1 1 260px}
.search{display:flex;gap:8px}.search input{min-width:0}
button,.button{display:inline-flex;align-items:center;justify-content:center;gap:6px;min-height:36px;padding:6px 14px;border:1px solid var(--strong);border-radius:8px;background:var(--raised);color:var(--ink);
font:inherit;font-weight:550;text-decoration:none;white-space:nowrap;cursor:pointer}
button:hover,.button:hover{border-color:var(--quiet)}
button.primary,.button.primary{border-color:var(--accent);background:var(--accent);color:var(--accent-ink)}
button.danger{border-color:color-mix(in srgb,var(--bad) 45%,transparent);color:var(--bad)}
button.plain{min-height:0;padding:0;border:0;background:none;color:var(--quiet);font-weight:500;text-decoration:underline;text-underline-offset:3px}
.groups{columns:340px 3;column-gap:20px}.groups>.card{margin-bottom:20px;break-inside:avoid}
.links{padding:0;list-style:none}
.links li{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px;padding:9px 18px;border-bottom:1px solid var(--line)}
.links li:last-child{border-bottom:0}.links a{font-weight:550;text-decoration:none}.links a:hover{text-decoration:underline}
.links code{flex:0 0 100%;font-size:.75rem}
details.act{border:1px solid var(--line);border-radius:10px}
details.act>summary{display:flex;justify-content:space-between;gap:8px;padding:9px 14px;font-weight:550;list-style:none;cursor:pointer}
details.act>summary::-webkit-details-marker{display:none}
details.act>summary::after{content:"";flex:none;align-self:center;width:7px;height:7px;margin-right:2px;border:solid var(--quiet);border-width:0 1.5px 1.5px 0;transform:translateY(-2px) rotate(45deg)}
details.act[open]>summary::after{transform:translateY(2px) rotate(225deg)}
.acts{display:flex;flex-wrap:wrap;gap:8px}.acts>.act{position:relative;background:var(--raised)}
.acts>.act>summary{padding:6px 12px;border-radius:9px;font-size:.875rem}.acts>.act[open]>summary{border-bottom:0}
.acts>.act>div{position:absolute;right:0;top:calc(100% + 6px);z-index:3;width:min(320px,90vw);padding:16px;border:1px solid var(--strong);border-radius:12px;background:var(--raised);box-shadow:0 8px 28px rgb(20 23 31/.16)}
.acts>.act:first-child:not(:last-child)>div{left:0;right:auto}
.id{user-select:all}
.copy{min-height:0;margin-left:6px;padding:0 6px;border-color:var(--line);border-radius:5px;color:var(--quiet);font-size:.6875rem;line-height:1.6;vertical-align:middle}
progress{display:block;width:100%;height:8px;accent-color:var(--accent)}
td .act{width:15rem}
details.act[open]>summary{border-bottom:1px solid var(--line)}
details.act>div{display:grid;gap:12px;padding:14px}
.fields{display:grid;grid-template-columns:minmax(110px,auto) minmax(0,1fr);gap:8px 18px;font-size:.875rem}
.columns>:last-child .fields{grid-template-columns:minmax(0,1fr);gap:0}
.columns>:last-child .fields dt{font-size:.75rem}.columns>:last-child .fields dd{margin-bottom:10px}.columns>:last-child .fields code{font-size:.75rem}
.fields dt{color:var(--quiet)}.fields dd{margin:0}.fields time{white-space:normal}
.timeline{position:relative;display:grid;gap:0;padding:0;list-style:none}
.timeline li{position:relative;padding:0 0 18px 26px}
.timeline li::before{content:"";position:absolute;left:4px;top:6px;width:9px;height:9px;border-radius:50%;background:var(--strong)}
.timeline li::after{content:"";position:absolute;left:8px;top:18px;bottom:-4px;width:1px;background:var(--line)}
.timeline li:last-child{padding-bottom:0}.timeline li:last-child::after{display:none}
.timeline li.good::before{background:var(--good)}.timeline li.bad::before{background:var(--bad)}.timeline li.warn::before{background:var(--warn)}.timeline li.accent::before{background:var(--accent)}
.timeline p{color:var(--quiet);font-size:.8125rem}
.pages{display:flex;justify-content:space-between;gap:12px;padding:12px 18px;border-top:1px solid var(--line);font-size:.875rem}
.empty{padding:36px 18px;color:var(--quiet);text-align:center}
.empty strong{display:block;color:var(--ink)}
.mail{display:block;width:calc(100% + 1px);height:720px;border:0;background:#fff}
.mail.phone{width:390px;max-width:100%;margin:0 auto;border:solid var(--line);border-width:1px 1px 0}
pre{max-height:520px;overflow:auto;padding:14px 16px;background:var(--page);font:.8125rem/1.55 var(--mono);white-space:pre-wrap}
.tabs{display:flex;flex-wrap:wrap;gap:4px}
.tabs a{padding:5px 12px;border-radius:8px;color:var(--quiet);font-weight:550;text-decoration:none}
.tabs a[aria-current]{background:var(--accent-soft);color:var(--accent)}
.plot{display:flex}
.chart{display:block;flex:1 1 0;width:100%;min-width:0;overflow:visible}.chart.axis{flex:none;width:36px}
.chart .bar{pointer-events:none}.chart .day{fill:transparent}.chart .day:hover{fill:var(--hover)}.chart .track{fill:var(--line)}
.halves h3{margin-bottom:6px}
.chart text{fill:var(--quiet);font:11px var(--sans)}.chart .value{fill:var(--ink);font-weight:600}
.chart line{stroke:var(--line)}
.bar.good{fill:var(--bar-good);background:var(--bar-good)}.bar.accent{fill:var(--bar-accent);background:var(--bar-accent)}
.bar.warn{fill:var(--bar-warn);background:var(--bar-warn)}.bar.bad{fill:var(--bar-bad);background:var(--bar-bad)}
.bar.quiet{fill:var(--bar-quiet);background:var(--bar-quiet)}
.figures{font-size:.8125rem}.figures>summary{color:var(--quiet);cursor:pointer}
.legend{display:flex;flex-wrap:wrap;gap:6px 16px;padding:0;list-style:none;font-size:.8125rem;color:var(--quiet)}
.legend li{display:flex;align-items:center;gap:6px}
.legend b{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
.legend i{width:10px;height:10px;border-radius:3px}
.door{display:grid;place-items:center;min-height:100vh;padding:24px 16px}
.door .card{width:100%;max-width:380px}
.door .card>.body{display:grid;gap:18px;padding:32px}
.door .card>.body>*{margin:0}.door .brand{padding:0}
@media(max-width:860px){
.frame{display:block}
.side{border-right:0;border-bottom:1px solid var(--line)}
.side>div{position:static;display:grid;grid-template-columns:1fr auto;align-items:center;height:auto;gap:12px;padding:12px 16px}
.side search,.side nav{grid-column:1/-1;min-width:0}
.side nav{margin:0 -16px;mask-image:linear-gradient(to right,#000 80%,transparent)}
.side nav ul{flex-direction:row;gap:4px;overflow-x:auto;padding:0 20% 2px 16px}
.side nav a{white-space:nowrap}
.side .foot{flex-direction:row;order:-1;grid-area:1/2;margin:0;align-items:center}
.columns{grid-template-columns:minmax(0,1fr)}
.columns.facts-first>:last-child{order:-1}
.main{padding-top:20px}
.acts{width:100%}
}
@media(max-width:640px){
.top{flex-direction:column}.top>div{width:100%}
.acts{flex-direction:column}.acts>.act>div{position:static;width:auto;padding:4px 14px 14px;border:0;box-shadow:none}
.filters label{flex:1 1 40%}.filters select{min-width:0}.filters button{flex:1 1 40%}
.scroll:not(.figures *) :is(table,tbody,tr,td){display:block}
.scroll:not(.figures *) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll:not(.figures *) tr{padding:12px 14px;border-bottom:1px solid var(--line)}
.scroll:not(.figures *) tr:last-child{border-bottom:0}.scroll:not(.figures *) tr:hover td{background:none}
.scroll:not(.figures *) td{padding:0;border:0;text-align:left}
.scroll:not(.figures *) td+td{position:relative;min-height:1.5em;padding:6px 0 0 7rem}
.scroll:not(.figures *) td+td::before{content:attr(data-name);position:absolute;left:0;width:6.5rem;color:var(--quiet);font-size:.8125rem}
.scroll:not(.figures *) td+td:empty{display:none}
.scroll:not(.figures *) :is(.nowrap,.address){max-width:none;white-space:normal;overflow-wrap:anywhere}.scroll .address wbr{display:inline}.scroll td .act{width:auto}
.fields{grid-template-columns:minmax(0,1fr);gap:0}.fields dt{font-size:.75rem}.fields dd{margin-bottom:10px}
.verdict>header{align-items:flex-start}
}
`
