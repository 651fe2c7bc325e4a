# Writes the folder `expected` of each site in tests/fixtures/sass/: the pages that the installed Jekyll (4.3, with
# jekyll-sass-converter 2.2.0 and sassc) makes of it.
# Run `ruby scripts/sass-fixtures.rb` from the top of the repository after changing a site; `cargo test` reads the results.
# frozen_string_literal: true

require "fileutils"
require "tmpdir"

Dir.glob("tests/fixtures/sass/*/").each do |folder|
  expected = File.join(folder, "expected")
  FileUtils.rm_rf(expected)
  Dir.mktmpdir do |site|
    FileUtils.cp_r("#{folder}.", site)
    system("jekyll", "build", "--quiet", "--disable-disk-cache", "--destination", "built", chdir: site, exception: true)
    Dir.glob("#{site}/built/**/*.{css,html}").each do |file|
      target = File.join(expected, file.delete_prefix("#{site}/built/"))
      FileUtils.mkdir_p(File.dirname(target))
      FileUtils.cp(file, target)
    end
  end
end
