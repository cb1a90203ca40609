import type { Category } from '#schema/market'

/** Names of the categories of goods. */
export const categories = {
  dairy: 'Молочные продукты',
  bakery: 'Хлеб и выпечка',
  meat: 'Мясо и колбасы',
  fish: 'Рыба и морепродукты',
  fruit_vegetables: 'Овощи и фрукты',
  grocery: 'Бакалея',
  sweets: 'Сладости',
  snacks: 'Снеки',
  drinks: 'Напитки',
  coffee_tea: 'Кофе и чай',
  frozen: 'Заморозка',
  baby: 'Детские товары',
  pets: 'Для животных',
  beauty: 'Красота и гигиена',
  household: 'Бытовая химия',
  clothing: 'Одежда и обувь',
  electronics: 'Электроника',
  home: 'Дом и ремонт',
  other: 'Прочее',
  alcohol: 'Алкоголь',
  tobacco: 'Табак',
  infant_formula: 'Детские смеси',
  medicines: 'Лекарства',
} as const satisfies Record<Category, string>
