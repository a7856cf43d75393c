"""What `data.load` takes a word or a path for."""

from PIL import Image

from gan_course import data


def save_pictures(folder):
    folder.mkdir()
    for number in range(2):
        Image.new("L", (16, 16), 100 * number).save(folder / f"{number}.png")


def test_a_folder_of_pictures_is_read_as_pictures(tmp_path):
    save_pictures(tmp_path / "own")
    assert data.load(tmp_path / "own").images.shape == (2, 16, 16, 1)


def test_a_word_means_mnist_although_a_folder_has_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_pictures(tmp_path / "embedded")
    assert len(data.load("embedded")) == 4_000
    assert len(data.load("./embedded")) == 2
