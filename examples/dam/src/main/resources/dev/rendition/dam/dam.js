// Sends each file as it is: PUT /originals/NAME. Everything else works without a script.
const form = document.getElementById('upload');
if (form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const said = document.getElementById('said');
    let failed = false;
    for (const file of document.getElementById('files').files) {
      said.textContent = 'Uploading ' + file.name;
      try {
        const answer = await fetch('/originals/' + encodeURIComponent(file.name), {method: 'PUT', body: file});
        if (!answer.ok) {
          said.textContent = file.name + ': ' + (await answer.text());
          failed = true;
        }
      } catch (problem) {
        said.textContent = file.name + ': ' + problem;
        failed = true;
      }
    }
    if (!failed) {
      location.reload();
    }
  });
}
