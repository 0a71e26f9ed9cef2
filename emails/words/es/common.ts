// What all emails have in common, in Spanish.

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
  prorated: (label) => `${label} (parte proporcional)`,
  subtotal: 'Subtotal',
  discount: (name) => (name ? `Descuento (${name})` : 'Descuento'),
  tax: 'Impuestos',
  includesTax: 'Impuestos incluidos',
  total: 'Total',
  credit: 'Saldo a favor',
  owed: 'Saldo pendiente anterior',
  kept: 'Queda como saldo a favor',
  paid: 'Importe pagado',
  invoiceAttached: 'Adjuntamos tu factura a este correo.',
  invoiceInPortal: 'Puedes descargar tu factura en el portal de facturación.',
  benefits: 'Qué incluye',
  plan: 'Suscripción',
  quantity: {
    seat: (count) =>
      plural(count, { one: `${count}\u00a0usuario`, other: `${count}\u00a0usuarios` }),
    unit: (count) =>
      plural(count, { one: `${count}\u00a0unidad`, other: `${count}\u00a0unidades` }),
  },
  billed: 'Facturación',
  every: {
    day: (count) => plural(count, { one: 'Diaria', other: `Cada ${count}\u00a0días` }),
    week: (count) => plural(count, { one: 'Semanal', other: `Cada ${count}\u00a0semanas` }),
    month: (count) => plural(count, { one: 'Mensual', other: `Cada ${count}\u00a0meses` }),
    year: (count) => plural(count, { one: 'Anual', other: `Cada ${count}\u00a0años` }),
  },
  price: 'Precio',
  nextRenewal: 'Próxima renovación',
  trialEnds: 'Fin de la prueba',
  support: ['¿Tienes preguntas? Escríbenos a ', ''],
  overview: 'Gestionar pagos y facturas',
  seller: (name) =>
    `Vendido por Polar Software, Inc., revendedor y comerciante registrado (merchant of record) de ${name}.`,
}
