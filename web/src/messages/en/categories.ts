import type { Words } from '../../i18n/words.ts'
import type { categories as ru } from '../ru/categories.ts'

export const categories: Words<typeof ru> = {
  dairy: 'Dairy',
  bakery: 'Bread and bakery',
  meat: 'Meat',
  fish: 'Fish and seafood',
  fruit_vegetables: 'Fruit and vegetables',
  grocery: 'Grocery',
  sweets: 'Sweets',
  snacks: 'Snacks',
  drinks: 'Drinks',
  coffee_tea: 'Coffee and tea',
  frozen: 'Frozen food',
  baby: 'Baby goods',
  pets: 'Pets',
  beauty: 'Beauty and hygiene',
  household: 'Household',
  clothing: 'Clothing and shoes',
  electronics: 'Electronics',
  home: 'Home and repair',
  other: 'Other',
  alcohol: 'Alcohol',
  tobacco: 'Tobacco',
  infant_formula: 'Infant formula',
  medicines: 'Medicines',
}
