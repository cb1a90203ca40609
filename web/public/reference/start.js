// Shows the contract that the Worker itself publishes; nothing is fetched from elsewhere.
window.SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  filter: true,
  tryItOutEnabled: false,
  supportedSubmitMethods: [],
  validatorUrl: null,
})
