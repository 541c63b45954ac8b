// The languages people read here.

export type Language = 'en' | 'fr'
