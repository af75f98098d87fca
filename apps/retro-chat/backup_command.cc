#include "backup_command.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "store/backup.h"

namespace retrochat {
namespace {

struct Wish {
  std::filesystem::path data;
  std::filesystem::path to;
  bool overwrite = false;
};

int carry_out(const Wish& wish) {
  const auto made = back_up(wish.data / "retrochat.sqlite", wish.to,
                            wish.overwrite ? Existing::replaced : Existing::refused);
  if (const auto* wrong = std::get_if<std::string>(&made)) {
    std::cerr << "retrochat backup: " << *wrong << '\n';
    return 1;
  }
  const auto& facts = std::get<BackupFacts>(made);
  std::cout
      << "Saved to " << wish.to.string() << '\n'
      << "rooms  " << facts.rooms << '\n'
      << "people " << facts.people << '\n'
      << "lines  " << facts.lines << '\n'
      << "bytes  " << facts.bytes << "\n\n"
      << "tokens.key and cookies.key are not in it. Keep copies of them elsewhere: a chat that "
         "starts "
         "without them makes new ones, people sign in again, and owners enter the tokens of other "
         "services again.\n"
      << "To restore: put the file into an empty folder as retrochat.sqlite, and start\n"
      << "  retrochat --data FOLDER" << std::endl;
  return 0;
}

}  // namespace

int backup_command(int argc, const char* const* argv) {
  Wish wish;
  CLI::App app("Copies what a chat keeps into one file, while it runs or not.", "retrochat backup");
  app.add_option("--data", wish.data, "The folder where the chat keeps everything")
      ->type_name("DIR")
      ->required();
  app.add_option("--to", wish.to, "The file to write")->type_name("FILE")->required();
  app.add_flag("--overwrite", wish.overwrite, "Replace FILE if it exists");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  return carry_out(wish);
}

}  // namespace retrochat
