// Text that all emails share, in Spanish.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('es')

export const common: Common = {
  greeting: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
  summary: 'Resumen',
  item: 'Concepto',
  amount: 'Importe',
  free: 'Gratis',
  invoiceNumber: (number) => `Factura ${number}`,
  billedTo: 'Facturado a',
  moreItems: (count, shown) =>
    plural(count, { one: `y ${shown} artículo más`, other: `y ${shown} artículos más` }),
  prorated: (label) => `${label} (parte proporcional)`,
  subtotal: 'Subtotal',
  discount: (name) => (name ? `Descuento (${name})` : 'Descuento'),
  tax: 'Impuestos',
  includesTax: 'Impuestos incluidos',
  total: 'Total',
  credit: 'Saldo a favor aplicado',
  owed: 'Saldo pendiente anterior',
  kept: 'Queda como saldo a favor',
  paid: 'Importe pagado',
  invoiceAttached: 'Adjuntamos tu factura a este correo.',
  invoiceInPortal: 'Puedes descargar tu factura en el portal de facturación.',
  benefits: 'Qué incluye',
  plan: 'Suscripción',
  quantity: {
    seat: (count, shown) =>
      plural(count, { one: `${shown}\u00a0usuario`, other: `${shown}\u00a0usuarios` }),
    unit: (count, shown) =>
      plural(count, { one: `${shown}\u00a0unidad`, other: `${shown}\u00a0unidades` }),
  },
  billed: 'Facturación',
  every: {
    day: (count, shown) => plural(count, { one: 'Diaria', other: `Cada ${shown}\u00a0días` }),
    week: (count, shown) => plural(count, { one: 'Semanal', other: `Cada ${shown}\u00a0semanas` }),
    month: (count, shown) => plural(count, { one: 'Mensual', other: `Cada ${shown}\u00a0meses` }),
    year: (count, shown) => plural(count, { one: 'Anual', other: `Cada ${shown}\u00a0años` }),
  },
  price: 'Precio',
  priceEvery: (price, every) => `${price} (${every})`,
  by: (date) => `a más tardar el ${date}`,
  rightAway: 'de inmediato',
  nextRenewal: 'Próxima renovación',
  trialEnds: 'Fin del periodo de prueba',
  support: ['¿Tienes preguntas? Escríbenos a ', ''],
  overview: 'Gestionar pagos y facturas',
  seller: (name) =>
    `Vendido por Polar Software, Inc., revendedor y comerciante registrado (merchant of record) de ${name}.`,
}
