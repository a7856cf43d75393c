"""Your own pictures: a folder or an array of any kind becomes what the networks learn from."""

import numpy as np
import pytest
from PIL import Image

from gan_course import data

GREY, COLOUR = (40, 40), (40, 40, 3)


def noise(shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def save(path, shape=COLOUR, seed=0, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noise(shape, seed)).save(path, **options)
    return path


@pytest.fixture
def folder(tmp_path):
    """Three colour pictures of 40 x 40 pixels."""
    for number in range(3):
        save(tmp_path / "own" / f"{number}.png", seed=number)
    return tmp_path / "own"


def only(folder, picture, name="a.png", **options):
    """Return what a picture becomes, as values from 0 to 255, (n, side, side, channels)."""
    folder.mkdir(exist_ok=True)
    for copy in ("", "2"):
        picture.save(folder / (copy + name), **options)
    loaded = data.load_images(folder)
    return np.rint(data.rescale(loaded.images[0], (-1, 1), (0, 255)))


def refused(words, *args, **kwargs):
    with pytest.raises(ValueError) as error:
        data.load_images(*args, **kwargs)
    assert all(word in str(error.value) for word in words), error.value


# --- folders ---------------------------------------------------------------------------------


def test_a_folder_of_pictures_becomes_an_array_in_the_order_of_the_names(folder):
    own = data.load_images(folder)
    assert own.images.dtype == np.float32 and own.images.shape == (3, 40, 40, 3)
    expected = np.stack([noise(COLOUR, seed) for seed in range(3)])
    np.testing.assert_array_equal(np.rint((own.images + 1) * 127.5), expected)
    assert own.labels is None and own.class_names == own.skipped == () and own.split is None
    assert own.value_range == (-1.0, 1.0) and len(own) == 3
    assert own.source == f"3 pictures from {folder}, 40 x 40 pixels in colour"
    assert repr(own) == f"Images(3 images (40, 40, 3) in [-1, 1]: {own.source})"


def test_a_path_may_be_a_string_and_start_at_home(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    assert len(data.load_images("~/own")) == len(data.load_images(str(folder))) == 3


def test_the_range_is_the_one_asked_for(folder):
    images = data.load_images(folder, value_range=(0, 1)).images
    assert images.min() >= 0 and 0.9 < images.max() <= 1


def test_subfolders_become_labels_in_the_order_of_their_names(tmp_path):
    for name, count in (("dogs", 3), ("Cats", 2), ("birds", 4)):
        for number in range(count):
            save(tmp_path / name / f"{number}.jpg", (20, 20))
    own = data.load_images(tmp_path)
    assert own.class_names == ("Cats", "birds", "dogs")
    assert own.labels.tolist() == [0] * 2 + [1] * 4 + [2] * 3 and own.labels.dtype == np.int64
    assert own.images.shape == (9, 20, 20, 1)


@pytest.mark.parametrize(
    "name", ["a.jpg", "a.JPEG", "a.PNG", "a.webp", "a.bmp", "a.gif", "a.tif", "a.ppm"]
)
def test_every_format_is_read_whatever_the_case_of_its_ending(tmp_path, name):
    save(tmp_path / name, seed=1)
    save(tmp_path / ("2" + name), seed=2)
    assert data.load_images(tmp_path).images.shape == (2, 40, 40, 3)


def test_files_that_are_no_pictures_are_passed_over(folder):
    for name in (".DS_Store", "Thumbs.db", "notes.txt", "._0.png", ".hidden.png"):
        (folder / name).write_bytes(b"no picture")
    save(folder / "__MACOSX" / "0.png")
    save(folder / ".ipynb_checkpoints" / "0.png")
    assert len(data.load_images(folder)) == 3
    assert data.load_images(folder, corrupt="skip").skipped == ()


@pytest.mark.parametrize(
    ("shapes", "side"),
    [
        ([(28, 28), (28, 28)], 28),
        ([(64, 64), (64, 64)], 64),
        ([(16, 16), (16, 16)], 16),
        ([(28, 28), (32, 32)], 32),
        ([(30, 30), (30, 30)], 32),
        ([(28, 40), (28, 40)], 32),
        ([(68, 68), (68, 68)], 32),
        ([(12, 12), (12, 12)], 32),
    ],
)
def test_the_size_is_that_of_all_pictures_if_networks_can_make_it_else_32(tmp_path, shapes, side):
    for number, shape in enumerate(shapes):
        save(tmp_path / f"{number}.png", shape)
    assert data.load_images(tmp_path).images.shape == (2, side, side, 1)
    assert data.load_images(tmp_path, size=48).images.shape == (2, 48, 48, 1)
    if len(set(shapes)) == 1:
        array = np.stack([noise(shape) for shape in shapes])
        assert data.load_images(array).images.shape == (2, side, side, 1)


def test_a_wide_picture_is_cut_to_the_square_in_its_middle(tmp_path):
    wide = np.zeros((32, 96, 3), np.uint8)
    wide[:, :32], wide[:, 64:] = (255, 0, 0), (0, 0, 255)
    wide[:, 32:64] = (0, 255, 0)
    assert (only(tmp_path, Image.fromarray(wide)) == (0, 255, 0)).all()
    tall = wide.transpose(1, 0, 2)
    assert (only(tmp_path / "tall", Image.fromarray(tall)) == (0, 255, 0)).all()
    array = data.load_images(np.stack([wide, wide]), value_range=(0, 1)).images
    assert (array == (0, 1, 0)).all()


def test_resizing_averages_and_does_not_pick_single_pixels(tmp_path):
    stripes = np.zeros((512, 512), np.uint8)
    stripes[:, ::2] = 254
    small = only(tmp_path, Image.fromarray(stripes))
    assert small.shape == (32, 32, 1) and np.abs(small[:, 2:-2] - 127).max() <= 3


def test_a_large_photo_comes_out_as_if_it_had_been_decoded_in_full(tmp_path):
    smooth = Image.fromarray(noise((6, 8, 3))).resize((800, 600), Image.Resampling.BICUBIC)
    smooth.save(tmp_path / "photo.jpg", quality=95)
    expected = np.asarray(smooth.crop((100, 0, 700, 600)).resize((32, 32)), np.float64)
    assert np.abs(only(tmp_path / "n", smooth, "a.jpg", quality=95) - expected).max() < 12


def test_a_picture_is_turned_as_its_camera_says(tmp_path):
    upright = np.zeros(COLOUR, np.uint8)
    upright[:20] = 255  # white above
    exif = Image.Exif()
    exif[274] = 6  # stored lying on its side: turn by 90 degrees to the right
    lying = Image.fromarray(np.rot90(upright).copy())
    turned = only(tmp_path, lying, "a.jpg", exif=exif, quality=100)
    assert np.abs(turned - upright[..., :1]).max() < 20


def test_of_a_picture_with_several_frames_the_first_is_read(tmp_path):
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    for name, kind in (("a.jpg", "MPO"), ("a.gif", "GIF")):
        seen = only(
            tmp_path / kind, frames[0], name, format=kind, save_all=True, append_images=frames[1:]
        )
        assert np.abs(seen - (255, 0, 0)).max() < 3


def clear(mode):
    """A red picture whose left half is transparent."""
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[..., 0], pixels[:, 20:, 3] = 255, 255
    picture = Image.fromarray(pixels)
    if mode == "P":
        flat = Image.new("P", (40, 40), 0)
        flat.putpalette([0, 255, 0, 255, 0, 0])
        flat.paste(1, (20, 0, 40, 40))
        flat.info["transparency"] = 0
        return flat
    if mode == "RGB":
        flat = Image.new("RGB", (40, 40), (0, 255, 0))
        flat.paste((255, 0, 0), (20, 0, 40, 40))
        flat.info["transparency"] = (0, 255, 0)
        return flat
    return picture


@pytest.mark.parametrize("mode", ["RGBA", "P", "RGB"])
def test_transparency_is_laid_on_white(tmp_path, mode):
    seen = only(tmp_path, clear(mode))
    assert (seen[:, :20] == 255).all() and (seen[:, 20:] == (255, 0, 0)).all()


def test_half_transparent_grey_is_mixed_with_white(tmp_path):
    seen = only(tmp_path, Image.new("LA", (40, 40), (0, 128)))
    assert seen.shape == (40, 40, 1) and np.abs(seen - 127).max() <= 1


def test_palettes_and_single_bits_are_read_as_their_colours(tmp_path):
    picture = Image.fromarray(noise(COLOUR)).quantize(16)
    np.testing.assert_array_equal(
        only(tmp_path, picture, "a.gif"), np.asarray(picture.convert("RGB"))
    )
    bits = Image.fromarray(noise(GREY)).convert("1")
    assert set(np.unique(only(tmp_path / "bits", bits))) == {0, 255}


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.ppm"])
def test_16_bits_keep_their_shades(tmp_path, name):
    deep = np.linspace(0, 65535, 1600).astype(np.uint16).reshape(40, 40)
    picture = Image.fromarray(deep)
    seen = only(tmp_path, picture, name)
    assert np.abs(seen[..., 0] - deep / 257).max() <= 0.51


def test_ink_colours_become_red_green_and_blue(tmp_path):
    cyan = Image.new("CMYK", (40, 40), (255, 0, 0, 0))
    red, green, blue = only(tmp_path, cyan, "a.jpg")[20, 20]
    assert red < 60 and green > 150 and blue > 150


def test_floating_point_pixels_are_refused_with_the_reason(tmp_path):
    Image.fromarray(np.full((40, 40), 0.5, np.float32)).save(tmp_path / "a.tif")
    refused(["a.tif", "not of 8 or 16 bits (mode F)"], tmp_path)


def test_channels_are_one_if_every_picture_is_grey_and_three_if_one_has_colour(tmp_path):
    grey_in_rgb = Image.fromarray(np.repeat(noise(GREY)[..., None], 3, axis=2))
    grey_in_rgb.save(tmp_path / "a.png")
    save(tmp_path / "b.png", GREY)
    assert data.load_images(tmp_path).images.shape == (2, 40, 40, 1)
    assert "in grey" in data.load_images(tmp_path).source
    save(tmp_path / "c.png", COLOUR)
    images = data.load_images(tmp_path).images
    assert images.shape == (3, 40, 40, 3)
    np.testing.assert_array_equal(images[1, ..., 0], images[1, ..., 2])
    assert data.load_images(tmp_path, channels=1).images.shape == (3, 40, 40, 1)


def test_grey_pictures_become_colour_and_colour_grey_when_asked(tmp_path):
    green = np.zeros((2, 32, 32, 3), np.uint8)
    green[..., 1] = 200
    grey = data.load_images(green, channels=1, value_range=(0, 1)).images
    assert np.allclose(grey * 255, 117)  # 0.587 of 200: green looks bright
    colour = data.load_images(noise((2, 32, 32)), channels=3).images
    assert (colour[..., :1] == colour).all() and colour.shape[-1] == 3


# --- folders that are refused ----------------------------------------------------------------


def damage(folder):
    """Cut one picture short, put text into another, empty a third."""
    cut = save(folder / "cut.png")
    cut.write_bytes(cut.read_bytes()[:1500])
    save(folder / "cut.jpg").write_bytes((folder / "cut.jpg").read_bytes()[:600])
    (folder / "empty.png").write_bytes(b"")
    (folder / "text.jpg").write_text("no picture")
    return ("cut.jpg", "cut.png", "empty.png", "text.jpg")


def test_corrupt_files_are_named_and_counted(folder):
    names = damage(folder)
    refused(
        [*names, "4 of 7 files", "truncated", "it is no picture", "corrupt='skip'", str(folder)],
        folder,
    )


def test_of_many_corrupt_files_the_first_are_named(folder):
    for number in range(20):
        (folder / f"bad{number:02}.png").write_bytes(b"")
    with pytest.raises(ValueError, match="20 of 23.*bad04.png.*, …\\.") as error:
        data.load_images(folder)
    assert "bad05" not in str(error.value)


def test_corrupt_files_are_left_out_and_listed_when_asked(tmp_path):
    for name in ("a", "b"):
        save(tmp_path / name / "good.png", seed=ord(name))
    bad = save(tmp_path / "a" / "bad.png")
    bad.write_bytes(bad.read_bytes()[:1500])
    own = data.load_images(tmp_path, corrupt="skip")
    assert own.skipped == ("a/bad.png",) and own.labels.tolist() == [0, 1]
    assert "without 1 that could not be read" in own.source and len(own) == 2
    np.testing.assert_array_equal(np.rint((own.images[1] + 1) * 127.5), noise(COLOUR, ord("b")))


def test_a_class_of_corrupt_files_alone_is_refused(tmp_path):
    save(tmp_path / "a" / "0.png")
    save(tmp_path / "a" / "1.png")
    save(tmp_path / "b" / "0.png").write_bytes(b"")
    refused([str(tmp_path / "b"), "No file", "remove the subfolder"], tmp_path, corrupt="skip")


@pytest.mark.parametrize("times", [1.5, 3])
def test_a_decompression_bomb_is_a_file_that_cannot_be_read(folder, monkeypatch, times):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 2000)
    side = int((2000 * times) ** 0.5)
    for file in folder.iterdir():
        save(file, (32, 32))
    save(folder / "bomb.png", (side, side))
    refused(["1 of 4", "'bomb.png' (it unpacks to more than 2,000 pixels)"], folder)
    assert data.load_images(folder, corrupt="skip").skipped == ("bomb.png",)


def test_pictures_and_subfolders_together_are_refused(folder):
    save(folder / "cats" / "0.png")
    refused(["both pictures, such as '0.png'", "subfolders, such as 'cats'", "Put every"], folder)


def test_an_empty_folder_is_refused(tmp_path):
    refused([str(tmp_path), "no pictures", "nothing", "PNG or JPEG"], tmp_path)


def test_a_folder_of_other_files_names_what_it_holds(tmp_path):
    (tmp_path / "a.heic").write_bytes(b"")
    (tmp_path / "train.csv").write_bytes(b"")
    refused(["no pictures", ".csv, .heic", "convert", repr(str(tmp_path / "train.csv"))], tmp_path)


def test_an_empty_subfolder_is_named(tmp_path):
    save(tmp_path / "cats" / "0.png")
    (tmp_path / "dogs").mkdir()
    refused([str(tmp_path / "dogs"), "0 pictures", "remove the subfolder"], tmp_path)


def test_a_folder_one_level_too_high_suggests_the_one_below(tmp_path):
    save(tmp_path / "train" / "cats" / "0.png")
    refused([f"perhaps you mean {str(tmp_path / 'train')!r}", "'cats'"], tmp_path)


def test_pictures_below_a_class_are_not_passed_over_in_silence(tmp_path):
    save(tmp_path / "cats" / "0.png")
    save(tmp_path / "cats" / "more" / "1.png")
    refused(["1 pictures", "subfolders, such as 'more'"], tmp_path)


def test_one_picture_is_too_few(tmp_path):
    save(tmp_path / "0.png")
    refused(["1 pictures from", "at least two"], tmp_path)
    refused(["at least two"], noise((1, 32, 32, 3)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", ["no folder", "Looked from", "PNG or JPEG"]),
        ("a.png", ["That is a file", "give the folder"]),
        ("a.zip", ["an archive", "unpack"]),
        ("train.csv", ["load_mnist", "pass their arrays"]),
    ],
)
def test_what_is_no_folder_is_refused_with_the_remedy(tmp_path, name, words):
    if "." in name:
        (tmp_path / name).write_bytes(b"1")
    refused([str(tmp_path / name), *words], tmp_path / name)


def test_labels_for_a_folder_are_refused(folder):
    refused(["subfolders are the classes"], folder, labels=[0, 1, 2])


# --- arrays ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (lambda x: x, "from 0 to 255"),
        (lambda x: x.astype(np.float64), "from 0 to 255"),
        (lambda x: x.astype(np.int64), "from 0 to 255"),
        (lambda x: x / 255, "from 0 to 1"),
        (lambda x: (x / 127.5 - 1).astype(np.float32), "from -1 to 1"),
    ],
)
@pytest.mark.parametrize("shape", [(5, 28, 28), (5, 28, 28, 1), (5, 28, 28, 3)])
def test_the_range_of_an_array_is_seen_from_its_values_and_told(scale, told, shape):
    pixels = noise(shape)
    own = data.load_images(scale(pixels), value_range=(0, 1))
    assert told in own.source and own.images.dtype == np.float32
    expected = pixels.reshape(5, 28, 28, -1)
    np.testing.assert_array_equal(np.rint(own.images * 255), expected)


def test_a_file_of_quick_draw_is_an_array_of_rows(tmp_path):
    rows = noise((6, 784))
    np.save(tmp_path / "cat.npy", rows)
    own = data.load(tmp_path / "cat.npy", value_range=(0, 1))
    np.testing.assert_array_equal(np.rint(own.images * 255), rows.reshape(6, 28, 28, 1))
    assert own.labels is None and "6 images of " in own.source and "cat.npy" in own.source
    labelled = data.load_images(tmp_path / "cat.npy", labels=[0, 0, 1, 1, 0, 1])
    assert labelled.class_names == ("0", "1")


@pytest.mark.parametrize(
    ("name", "words"),
    [("no.npy", "There is no file"), ("text.npy", "damaged"), ("pickled.npy", "damaged")],
)
def test_a_file_that_holds_no_array_is_named(tmp_path, name, words):
    (tmp_path / "text.npy").write_text("no array")
    np.save(tmp_path / "pickled.npy", np.array([{}], object), allow_pickle=True)
    refused([str(tmp_path / name), words], tmp_path / name)


@pytest.mark.parametrize("high", [1, 9, 16])
def test_a_folder_of_masks_is_not_taken_for_black_pictures(tmp_path, high):
    for number in range(2):
        Image.fromarray(noise(GREY, number) % (high + 1)).save(tmp_path / f"{number}.png")
    refused([str(tmp_path), f"0 to {high};", "nearly black"], tmp_path)


def test_rounding_beyond_the_ends_of_a_range_is_allowed():
    images = np.linspace(-1.0001, 1.0001, 512).reshape(2, 16, 16)
    own = data.load_images(images)
    assert "from -1 to 1" in own.source and (own.images.min(), own.images.max()) == (-1, 1)


def test_true_is_white():
    images = data.load_images(noise((4, 16, 16)) > 127).images
    assert set(np.unique(images)) == {-1, 1}


def test_a_list_of_arrays_or_of_pictures_is_an_array():
    pictures = [Image.fromarray(noise(COLOUR, seed)) for seed in range(2)]
    for source in (pictures, [noise(COLOUR, seed) for seed in range(2)]):
        images = data.load_images(source).images
        np.testing.assert_array_equal(np.rint((images[1] + 1) * 127.5), noise(COLOUR, 1))


def test_an_array_may_have_labels():
    own = data.load_images(noise((4, 16, 16)), labels=[2, 0, 0, 1])
    assert own.labels.tolist() == [2, 0, 0, 1] and own.labels.dtype == np.int64
    assert own.class_names == ("0", "1", "2")
    assert len(data.load_images(noise((2, 16, 16)), labels=[7, 9]).class_names) == 10


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([0, 1], ["labels", "2", "3"]),
        ([0, -1, 1], ["index 1: -1"]),
        ([0, 0.5, 1], ["0.5", "whole number"]),
        ([[0], [1], [0]], ["(3, 1)", "(n,)", "reshape"]),
        ([[0, 1], [1, 0], [0, 1]], ["One-hot", "argmax(axis=1)"]),
        (["cat", "dog", "cat"], ["<U3", "whole numbers", "np.unique(labels, return_inverse=True)"]),
        ([0, np.nan, 1], ["nan", "whole number"]),
    ],
)
def test_wrong_labels_of_an_array_are_refused(labels, words):
    refused(words, noise((3, 16, 16)), labels=labels)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (np.zeros((3, 16, 16)) + [[[-0.5, 2] * 8]], ["-0.5 to 2", "[-1, 1]", "np.clip"]),
        (np.linspace(0, 1.3, 768).reshape(3, 16, 16), ["0 to 1.3", "Scale"]),
        (np.linspace(0, 65535, 768).reshape(3, 16, 16), ["65535", "Scale"]),
        (noise((3, 16, 16)) % 2, ["0 to 1", "np.rint(images * 255.0)"]),
        (noise((3, 16, 16)) % 17, ["0 to 16", "black", "np.rint(images * (255 / 16))"]),
        (noise((3, 16, 16)) % 17 / 1.0, ["0 to 16", "np.rint(images * (255 / 16))"]),
        (np.full((3, 16, 16), np.nan), ["NaN", "3 of 3", "image 0"]),
        (np.full((3, 16, 16), np.inf), ["infinite"]),
        (noise((28, 28)), ["(28, 28)", "(n, h, w)"]),
        (noise((5, 64)), ["(5, 64)", "(n, 784)"]),
        (noise((28, 28, 3)), ["one picture", "np.stack"]),
        (noise((28, 28, 1)), ["one picture", "np.stack"]),
        (noise((5, 3, 32, 32)), ["np.moveaxis(images, 1, -1)"]),
        (noise((5, 32, 32, 4)), ["images[..., :3]"]),
        (noise((0, 32, 32, 3)), ["(0, 32, 32, 3)", "selection"]),
        ([noise((20, 20)), noise((30, 30))], ["different shapes", "folder"]),
        (None, ["NoneType", "path of a folder"]),
        ([["a"]], ["<U1", "numbers"]),
    ],
)
def test_what_is_no_array_of_images_is_refused_with_the_remedy(source, words):
    refused(words, source)


# --- arguments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"size": 30}, ["size is 30", "divisible by 4", "16 to 64"]),
        ({"size": 12}, ["size is 12", "16 to 64"]),
        ({"size": 68}, ["size is 68"]),
        ({"size": 32.5}, ["size is 32.5", "whole number"]),
        ({"size": (32, 32)}, ["size is (32, 32)"]),
        ({"channels": 2}, ["channels is 2", "3 for colour"]),
        ({"value_range": (0, 255)}, ["(0, 255)", "tanh"]),
        ({"value_range": "tanh"}, ["'tanh'", "two finite numbers"]),
        ({"corrupt": "ignore"}, ["'ignore'", "refuse, skip"]),
    ],
)
def test_unknown_arguments_are_refused(folder, arguments, words):
    refused(words, folder, **arguments)


@pytest.mark.parametrize("size", range(16, 65, 4))
def test_every_size_that_the_networks_can_make_is_allowed(size):
    assert data.load_images(noise((2, 20, 20)), size=size).images.shape == (2, size, size, 1)
